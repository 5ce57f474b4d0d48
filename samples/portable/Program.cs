using ChainRule;
using ChainRule.Samples.Portable;

// Prints what the browser's page prints, when it runs with CHAINRULE_PORTABLE=1: one line of name and hash for each program.
// An argument is the number of threads.
if (args is [string threads])
    Engine.Threads = int.Parse(threads);
Console.WriteLine($"portable {Engine.IsPortable}");
foreach (BitProgram program in BitProgram.All)
    Console.WriteLine($"{program.Name}: {program.Hash()}");

// Runs in a page and writes to its console: the hash of each bit program, the timings, the hashes again, then "done".
// bench/ChainRule.BrowserBench/run publishes it, opens it in a headless chromium and compares the hashes with the desktop's.
using System.Diagnostics;
using ChainRule;
using ChainRule.BrowserBench;
using ChainRule.Samples.Portable;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

await using WebAssemblyHost host = WebAssemblyHostBuilder.CreateDefault(args).Build();
Console.WriteLine($"portable {Engine.IsPortable}");
PrintHashes("cold");
Timings.Print(Console.Out);

// The interpreter optimises what has run 200 times: its code must compute the same.
foreach (BitProgram program in BitProgram.All)
{
    var clock = Stopwatch.StartNew();
    for (int i = 0; i < 300 && clock.ElapsedMilliseconds < 300; i++)
        program.Hash();
}
PrintHashes("warm");
Console.WriteLine("done");

static void PrintHashes(string state)
{
    foreach (BitProgram program in BitProgram.All)
    {
        string hash;
        try
        {
            hash = program.Hash();
        }
        catch (CompileException exception)
        {
            hash = exception.Message.Split('\n')[0];
        }
        Console.WriteLine($"{state} {program.Name}: {hash}");
    }
}

// Runs in a page and writes to its console: the hash of each bit program, then the timings, then "done".
// bench/ChainRule.BrowserBench/run publishes it, opens it in a headless chromium and compares the hashes with the desktop's.
using ChainRule;
using ChainRule.BrowserBench;
using ChainRule.Samples.Portable;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

await using WebAssemblyHost host = WebAssemblyHostBuilder.CreateDefault(args).Build();
Console.WriteLine($"portable {Engine.IsPortable}");
foreach (BitProgram program in BitProgram.All)
    Console.WriteLine($"hash {program.Name}: {program.Hash()}");
Timings.Print(Console.Out);
Console.WriteLine("done");

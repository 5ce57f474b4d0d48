// Times ChainRule on the work that TorchSharp is timed on by the same names, and prints one JSON object a line:
// {"name", "median_us", "min_us", "runs", ...}; "floor_us" is the least time by the peaks measured in the same run.
// usage: ChainRule.Bench [threads=all] [only names containing this text]
//        ChainRule.Bench allocations            bytes that small operations allocate, beside their budgets
//        ChainRule.Bench memory [NAME]          memory of the networks, forecast and measured
//        ChainRule.Bench sweep OUT.svg [SECONDS] [threads=all]   products of all sizes as a heat map, and its cliffs
using System.Globalization;
using ChainRule.Bench;
using ChainRule.Kernels;

switch (args)
{
    case ["allocations"]:
        AllocationReport.Print(Console.Out);
        return;
    case ["sweep", { } path, ..]:
        ProductSweep.Run(Console.Out, path, args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 10, args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : Environment.ProcessorCount);
        return;
    case ["memory", ..]:
        MemoryReport.Print(Console.Out, args.Length > 1 ? args[1] : "");
        return;
}

int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
WorkerTeam.Shared.Threads = threads;

var clock = new BenchmarkClock(Console.Out, args.Length > 1 ? args[1] : "");
var floors = new Floors(clock, threads);
ForkJoin.Run(clock, threads);
GemmBenchmarks.Run(clock, floors, threads);
ElementwiseBenchmarks.Run(clock, floors);
ScalarBenchmarks.Run(clock);
NetworkBenchmarks.Run(clock, floors);
DoctorBenchmarks.Run(clock);
ImageBenchmarks.Run(clock, floors);
SequenceBenchmarks.Run(clock, floors);

// Times ChainRule on the work that TorchSharp is timed on by the same names, and prints one JSON object a line:
// {"name", "median_us", "min_us", "runs", ...}. usage: ChainRule.Bench [threads=all] [only names containing this text]
using System.Globalization;
using ChainRule.Bench;
using ChainRule.Kernels;

if (args is ["allocations"])
{
    AllocationReport.Print(Console.Out);
    return;
}

int threads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
WorkerTeam.Shared.Threads = threads;

var clock = new BenchmarkClock(Console.Out, args.Length > 1 ? args[1] : "");
GemmBenchmarks.Run(clock, threads);
ElementwiseBenchmarks.Run(clock);
ScalarBenchmarks.Run(clock);
NetworkBenchmarks.Run(clock);
DoctorBenchmarks.Run(clock);
ImageBenchmarks.Run(clock);
SequenceBenchmarks.Run(clock);

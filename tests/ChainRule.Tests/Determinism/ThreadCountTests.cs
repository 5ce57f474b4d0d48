using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Determinism;

/// <summary>The same bits with any number of threads, and in every run.</summary>
[Collection<Alone>]
public sealed class ThreadCountTests
{
    private static readonly int[] _threadCounts = [2, 3, 5, 8];

    public static TheoryData<string> Names => [.. Workload.All.Select(workload => workload.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        Workload workload = Workload.Named(name);
        (string one, int results, long sharedByOne) = On(1, workload);
        Assert.Equal(0, sharedByOne);
        foreach (int threads in _threadCounts)
        {
            (string many, _, long shared) = On(threads, workload);
            Assert.True(one == many, $"{name}: {threads} threads give other bits than one");
            Assert.True(shared >= results, $"{name} is too small: {threads} threads shared {shared} jobs for {results} results");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_second_run_gives_the_same_bits(string name)
    {
        Workload workload = Workload.Named(name);
        Assert.Equal(Fingerprint.Of(workload.Run()), Fingerprint.Of(workload.Run()));
    }

    [Fact]
    public void Fingerprints_tell_results_apart()
    {
        string[] fingerprints = [.. Workload.All.Select(workload => Fingerprint.Of(workload.Run()))];
        Assert.True(fingerprints.Length >= 25);
        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
        Assert.NotEqual(Fingerprint.Of([Tensor.Zeros([2])]), Fingerprint.Of([-Tensor.Zeros([2])]));
        Assert.NotEqual(Fingerprint.Of([Tensor.Zeros([2])]), Fingerprint.Of([Tensor.Zeros([1, 2])]));
        Assert.Equal(Fingerprint.Of([Tensor.Full([2], double.NaN)]), Fingerprint.Of([-Tensor.Full([2], double.NaN)]));
    }

    private static (string Fingerprint, int Results, long SharedJobs) On(int threads, Workload workload)
    {
        using var _ = new Threads(threads);
        long before = WorkerTeam.Shared.SharedJobs;
        Tensor[] results = workload.Run();
        long shared = WorkerTeam.Shared.SharedJobs - before;
        return (Fingerprint.Of(results), results.Length, shared);
    }
}

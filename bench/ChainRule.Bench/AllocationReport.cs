namespace ChainRule.Bench;

/// <summary>Bytes that small operations allocate: exact, unlike times.</summary>
public static class AllocationReport
{
    private const int Calls = 1000;

    /// <summary>Prints one line for each operation.</summary>
    public static void Print(TextWriter output)
    {
        Tensor a = Tensor.Normal([4, 4], new RandomKey(1)), b = Tensor.Normal([4, 4], new RandomKey(2));
        Tensor w = Tensor.Normal([4, 4], new RandomKey(3)).RequiresGrad();
        Action xor = NetworkBenchmarks.XorStep();
        (string Name, Action Work)[] rows =
        [
            ("add 4x4", () => _ = a + b),
            ("relu 4x4", () => a.Relu()),
            ("matmul 4x4", () => a.MatMul(b)),
            ("add 4x4, recorded", () => _ = a + w),
            ("xor 2-4-1 step", xor),
        ];
        foreach ((string name, Action work) in rows)
            output.WriteLine($"{name,-20} {BytesOf(work),6} bytes");
    }

    private static long BytesOf(Action work)
    {
        work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
            work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }
}

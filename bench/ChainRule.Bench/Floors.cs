namespace ChainRule.Bench;

/// <summary>The least time that work can take on this machine, by what was measured in the same run.</summary>
public sealed class Floors(BenchmarkClock clock, int threads)
{
    private readonly Lazy<double> _peak = new(() => FmaPeak.Measure(clock, threads));
    private readonly Lazy<MemoryBandwidth> _memory = new(() => new MemoryBandwidth(clock, threads));

    /// <summary>Billions of floating-point operations a second.</summary>
    public double Peak => _peak.Value;

    /// <summary>Microseconds of so many floating-point operations at the peak of multiply-adds.</summary>
    public double OfArithmetic(double operations) => operations / Peak / 1e3;

    /// <summary>Microseconds to move so many bytes at the measured bandwidth of memory.</summary>
    public double OfBytes(long read, long written) => (read + written) / (written == 0 ? _memory.Value.Read : _memory.Value.Mixed) / 1e3;
}

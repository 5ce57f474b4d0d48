using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChainRule.Tests.Kernels;

/// <summary>A run that is meant to test narrower vectors must really have them; a switch the runtime does not know is ignored in silence.</summary>
public sealed class HardwareSwitchTests
{
    [Fact]
    public void A_switch_that_turns_vectors_off_is_obeyed()
    {
        if (IsOff("EnableAVX512"))
            Assert.False(Avx512F.IsSupported);
        if (IsOff("EnableAVX2"))
            Assert.False(Avx2.IsSupported || Avx512F.IsSupported);
        if (IsOff("EnableHWIntrinsic"))
            Assert.False(Vector128.IsHardwareAccelerated || Sse42.IsSupported || Avx2.IsSupported || Avx512F.IsSupported);
    }

    private static bool IsOff(string name) => Environment.GetEnvironmentVariable($"DOTNET_{name}") == "0";
}

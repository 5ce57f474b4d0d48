using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChainRule.Kernels;

/// <summary>Work that is written over a lane and waits for one to be chosen.</summary>
internal interface ILaneWork
{
    void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>;
}

/// <summary>The one place where an element type and this processor become a lane.</summary>
internal static class WidestLane
{
    /// <summary>Runs the work with the widest lane of <typeparamref name="T"/>; the JIT keeps one branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T, TWork>(TWork work) where T : unmanaged where TWork : struct, ILaneWork
    {
        if (typeof(T) == typeof(float))
        {
            if (Avx512F.IsSupported)
                work.Invoke<float, Single512>();
            else if (Avx2.IsSupported)
                work.Invoke<float, Single256>();
            else if (Vector128.IsHardwareAccelerated)
                work.Invoke<float, Single128>();
            else
                work.Invoke<float, Single1>();
        }
        else if (typeof(T) == typeof(double))
        {
            if (Avx512F.IsSupported)
                work.Invoke<double, Double512>();
            else if (Avx2.IsSupported)
                work.Invoke<double, Double256>();
            else if (Vector128.IsHardwareAccelerated)
                work.Invoke<double, Double128>();
            else
                work.Invoke<double, Double1>();
        }
        else if (typeof(T) == typeof(int))
            work.Invoke<int, Int32Lane>();
        else if (typeof(T) == typeof(long))
            work.Invoke<long, Int64Lane>();
        else
            throw new NotSupportedException($"There are no lanes of {typeof(T).Name}.");
    }
}

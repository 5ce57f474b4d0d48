using ChainRule.Kernels;
using ChainRule.Memory;

namespace ChainRule;

/// <summary>Moves elements between tensors, whatever their layouts.</summary>
internal static class TensorMemory
{
    /// <summary>Whether an operand has no memory because a <see cref="StorageLedger"/> only counts.</summary>
    public static bool IsCountedOnly(in Operands x)
    {
        if (StorageLedger.Current is null) return false;
        for (int i = 0; i < x.Count; i++)
        {
            if (x[i].Storage.IsCountedOnly) return true;
        }
        return false;
    }

    /// <summary>Copies every element to the same place of a tensor of the same shape and type.</summary>
    public static void Copy(Tensor source, Tensor target)
    {
        if (source.Storage.IsCountedOnly || target.Storage.IsCountedOnly) return;
        switch (source.DType.Size())
        {
            case 1: Copy<byte>(source, target); break;
            case 4: Copy<float>(source, target); break;
            default: Copy<double>(source, target); break;
        }
        GC.KeepAlive(source);
        GC.KeepAlive(target);
    }

    /// <summary>A gradient in memory of its own, which its receiver may change in place: one cotangent can arrive at several places.</summary>
    public static Tensor HandOut(Tensor gradient)
    {
        Tensor owned = gradient.Storage.HoldsGradient || gradient.RepeatsElements ? gradient.Clone() : gradient;
        owned.Storage.HoldsGradient = true;
        return owned;
    }

    private static unsafe void Copy<T>(Tensor source, Tensor target) where T : unmanaged
    {
        fixed (byte* from = &source.Start, to = &target.Start)
        {
            Elementwise.Copy(
                new Strided<T>((T*)from, source.Shape.Sizes, source.ViewStrides),
                new Strided<T>((T*)to, target.Shape.Sizes, target.ViewStrides));
        }
    }
}

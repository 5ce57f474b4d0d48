namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The positions of the elements that are not 0, in row-major order: one row for each, one column for each axis; int64.</summary>
    /// <remarks>The result's shape depends on the values, which are read.</remarks>
    public Tensor Nonzero()
    {
        Tensor rest = FlatNonzero(nameof(Nonzero));
        var columns = new Tensor[Rank];
        for (int i = Rank - 1; i >= 0; i--)
        {
            // rest = quotient·size + index: exact in int64, where a division of numbers would round.
            Tensor quotient = Quotient(rest, Shape.Sizes[i]);
            columns[i] = rest - quotient * Shape.Sizes[i];
            rest = quotient;
        }
        return Rank == 0 ? Zeros([rest.ElementCount, 0], DType.Int64) : Stack(columns, 1);
    }

    /// <summary>The row-major positions of the elements that are not 0.</summary>
    internal unsafe Tensor FlatNonzero(string operation)
    {
        RequireReadable(operation);
        Tensor mask = Bare.Detach().To(DType.Bool).ToContiguous();
        Tensor positions;
        fixed (byte* bits = &mask.Start)
        {
            long count = 0;
            for (long i = 0; i < ElementCount; i++)
                count += bits[i];
            positions = Uninitialized([count], DType.Int64);
            fixed (byte* target = &positions.Start)
            {
                long* next = (long*)target;
                for (long i = 0; i < ElementCount; i++)
                {
                    if (bits[i] != 0)
                        *next++ = i;
                }
            }
        }
        GC.KeepAlive(mask);
        return positions;
    }

    private static unsafe Tensor Quotient(Tensor x, long divisor)
    {
        Tensor y = Uninitialized(x.Shape, DType.Int64);
        fixed (byte* source = &x.Start, target = &y.Start)
        {
            for (long i = 0; i < x.ElementCount; i++)
                ((long*)target)[i] = ((long*)source)[i] / divisor;
        }
        return y;
    }
}

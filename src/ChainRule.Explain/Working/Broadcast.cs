namespace ChainRule.Explain.Working;

/// <summary>Which element of a smaller tensor stands for an element of a larger one that it is spread over.</summary>
internal static class Broadcast
{
    /// <summary>The position in a tensor of shape <paramref name="from"/>, row by row, for a position in one of shape <paramref name="to"/>.</summary>
    public static int Position(int position, Shape from, Shape to)
    {
        int result = 0, stride = 1;
        for (int axis = to.Rank - 1, own = from.Rank - 1; axis >= 0; axis--, own--)
        {
            int index = position % (int)to[axis];
            position /= (int)to[axis];
            if (own < 0) continue;
            if (from[own] > 1)
                result += index * stride;
            stride *= (int)from[own];
        }
        return result;
    }

    /// <summary>The sum of what was spread, in the order of the elements.</summary>
    public static Tensor SumTo(Tensor x, Shape shape)
    {
        if (x.Shape == shape) return x;
        double[] elements = x.ToArray<double>(), sums = new double[shape.ElementCount];
        for (int i = 0; i < elements.Length; i++)
            sums[Position(i, shape, x.Shape)] += elements[i];
        return Tensor.From<double>(sums, shape);
    }
}

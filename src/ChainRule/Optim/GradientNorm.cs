namespace ChainRule.Optim;

/// <summary>The Euclidean length of many tensors taken together, in double and without overflow.</summary>
internal static class GradientNorm
{
    /// <summary>√Σx² over all elements of all tensors; NaN or infinite if an element is.</summary>
    public static double Of(IReadOnlyList<Tensor> tensors)
    {
        double largest = 0;
        foreach (Tensor x in tensors)
        {
            if (x.ElementCount > 0)
                largest = Math.Max(largest, x.Abs().Max().Item<double>()); // NaN if either is
        }
        if (largest == 0 || !double.IsFinite(largest)) return largest;
        double sum = 0;
        foreach (Tensor x in tensors)
            sum += (x.To(DType.Float64) / largest).Square().Sum().Item<double>();
        return largest * Math.Sqrt(sum);
    }
}

namespace ChainRule.Optim;

/// <summary>Keeps gradients from being too large, between <c>Backward()</c> and <c>Step()</c>.</summary>
public static class GradientClipping
{
    /// <summary>Scales all gradients by one factor so that the length of all taken together is at most <paramref name="most"/>.</summary>
    /// <param name="parameters">The leaves; those without a gradient are passed over.</param>
    /// <param name="most">The greatest length, greater than 0.</param>
    /// <returns>
    /// The length before, √Σg². If it is infinite or NaN, an element is: then the gradients stay as they are, so that the caller can
    /// leave out the step: <c>if (double.IsFinite(GradientClipping.ByNorm(parameters, 1))) optimizer.Step();</c>
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The greatest length is not greater than 0.</exception>
    public static double ByNorm(IEnumerable<Tensor> parameters, double most)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!(most > 0))
            throw new ArgumentOutOfRangeException(nameof(most), most, "ByNorm: the greatest length must be greater than 0.");
        using (new NoGrad())
        {
            Tensor[] reached = WithGradient(parameters);
            double norm = GradientNorm.Of(Array.ConvertAll(reached, parameter => parameter.GradientElements!));
            if (norm > most && double.IsFinite(norm))
            {
                foreach (Tensor parameter in reached)
                    parameter.GradientElements = parameter.GradientElements! * (most / norm);
            }
            return norm;
        }
    }

    /// <summary>Cuts every element of every gradient off at ±<paramref name="most"/>; NaN stays.</summary>
    /// <param name="parameters">The leaves; those without a gradient are passed over.</param>
    /// <param name="most">The greatest size of an element, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The greatest size is negative.</exception>
    public static void ByValue(IEnumerable<Tensor> parameters, double most)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!(most >= 0))
            throw new ArgumentOutOfRangeException(nameof(most), most, "ByValue: the greatest element must be a number and not negative.");
        using (new NoGrad())
        {
            foreach (Tensor parameter in WithGradient(parameters))
                parameter.GradientElements = parameter.GradientElements!.Clamp(-most, most);
        }
    }

    private static Tensor[] WithGradient(IEnumerable<Tensor> parameters) =>
        [.. parameters.Distinct(ReferenceEqualityComparer.Instance).Cast<Tensor>().Where(parameter => parameter is { IsLeaf: true, HasGradient: true })];
}

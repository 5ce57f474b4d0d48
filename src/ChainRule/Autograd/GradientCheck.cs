using System.Globalization;
using ChainRule.Autograd;

namespace ChainRule;

/// <summary>
/// Compares gradients with differences, element by element, extrapolated to step zero by Ridders' method (1982), which in float64
/// reaches about 1e-12 where the best single step reaches 1e-9. Use float64: in float32 rounding hides all but gross errors.
/// </summary>
public static class GradientCheck
{
    /// <summary>Checks the gradient of a function with a scalar result by each of its arguments, at every element.</summary>
    /// <param name="function">The function; it must give the same value for the same arguments.</param>
    /// <param name="arguments">Where to check; they are copied.</param>
    public static GradientCheckReport Run(Func<Tensor[], Tensor> function, params Tensor[] arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(arguments);
        Tensor[] leaves = Array.ConvertAll(arguments, argument => argument.Detach().Clone().RequiresGrad());
        return Run(() => function(leaves), leaves.Select((leaf, i) => ($"argument {i}", leaf)));
    }

    /// <summary>Checks the gradient of a loss by named leaves, such as a model's parameters, whose values are restored exactly.</summary>
    /// <param name="loss">Computes the loss from the parameters' present values; the same values must give the same loss (no dropout).</param>
    /// <param name="parameters">Leaves and their names.</param>
    /// <param name="sample">At most this many elements of each parameter, drawn by the key; all if null.</param>
    /// <param name="key">Draws the sample; by default the key of seed 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sample is less than 1.</exception>
    /// <exception cref="DifferentiationException">A parameter is no leaf, or the loss is not a single number or differs from call to call.</exception>
    public static GradientCheckReport Run(Func<Tensor> loss, IEnumerable<(string Name, Tensor Value)> parameters, int? sample = null, RandomKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(parameters);
        if (sample < 1)
            throw new ArgumentOutOfRangeException(nameof(sample), sample, "GradientCheck: a sample has at least one element of each parameter.");
        (string Name, Tensor Value)[] named = [.. parameters];
        foreach ((string name, Tensor value) in named)
        {
            if (!value.IsLeaf)
                throw new DifferentiationException($"GradientCheck: {name} of shape {value.Shape} is no leaf that requires a gradient. Call RequiresGrad() on it.");
        }
        Tensor first = loss();
        Tensor[] gradients = Differentiate.Gradients(first, Array.ConvertAll(named, parameter => parameter.Value));
        RequireRepeatable(loss, first.Item<double>());
        var rows = new List<GradientCheckRow>();
        for (int i = 0; i < named.Length; i++)
            rows.Add(Check(loss, first, named[i].Name, named[i].Value, gradients[i], Places(named[i].Value, sample, (key ?? new RandomKey(0)).Child(i))));
        return new GradientCheckReport(rows);
    }

    private static void RequireRepeatable(Func<Tensor> loss, double first)
    {
        double second;
        using (new NoGrad())
            second = loss().Item<double>();
        if (!first.Equals(second))
            throw new DifferentiationException(string.Create(CultureInfo.InvariantCulture, $"GradientCheck: with the same parameters the loss was {first:R} at first and {second:R} the next time, so differences mean nothing. Switch dropout off (model.Eval()), draw random numbers from the same key each time, and use the same data."));
    }

    private static long[] Places(Tensor parameter, int? sample, RandomKey key)
    {
        long[] all = Tensor.Permutation(parameter.ElementCount, key).ToArray<long>();
        return sample is { } count && count < all.Length ? all[..count] : all;
    }

    private static GradientCheckRow Check(Func<Tensor> loss, Tensor first, string name, Tensor parameter, Tensor gradient, long[] places)
    {
        double[] slopes = gradient.ToArray<double>(), values = parameter.ToArray<double>();
        bool isSingle = parameter.DType == DType.Float32 || first.DType == DType.Float32;
        Precision precision = isSingle ? Precision.Float32(slopes) : Precision.Float64;
        double size = Math.Abs(first.Item<double>());
        Tensor original = parameter.Detach().Clone();
        double worst = 0;
        int kinks = 0;
        bool passed = true;
        try
        {
            foreach (long place in places)
            {
                var sides = new Sides(step => LossAt(loss, parameter, values, place, step), precision, size, values[place]);
                (double difference, bool agrees) = sides.Compare(slopes[place]);
                if (!agrees && sides.IsBetween(slopes[place]))
                {
                    kinks++;
                    continue;
                }
                passed &= agrees;
                worst = double.IsNaN(difference) ? double.NaN : Math.Max(worst, difference);
            }
        }
        finally
        {
            Restore(parameter, original);
        }
        return new GradientCheckRow(name, places.Length, parameter.ElementCount, worst, kinks, passed);
    }

    private static double LossAt(Func<Tensor> loss, Tensor parameter, double[] values, long place, double step)
    {
        double before = values[place];
        values[place] = before + step;
        Restore(parameter, Tensor.From(values, parameter.Shape));
        values[place] = before;
        using (new NoGrad())
            return loss().Item<double>();
    }

    private static void Restore(Tensor parameter, Tensor values)
    {
        using (new NoGrad())
            parameter.CopyFrom(values);
    }
}

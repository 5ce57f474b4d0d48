namespace ChainRule.Data;

/// <summary>Shifts and scales each feature to mean 0 and deviation 1, as measured on the examples to learn from.</summary>
public sealed class Standardization
{
    /// <summary>The standardization with these measures.</summary>
    /// <param name="mean">The mean of each feature.</param>
    /// <param name="deviation">The deviation of each feature; a feature that never changes has 0 and is only shifted.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public Standardization(Tensor mean, Tensor deviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        if (mean.Shape != deviation.Shape)
            throw new ShapeException($"Standardization: the means have shape {mean.Shape}, the deviations {deviation.Shape}.");
        (Mean, Deviation) = (mean, deviation);
    }

    /// <summary>The mean of each feature.</summary>
    public Tensor Mean { get; }

    /// <summary>The deviation of each feature, 0 for one that never changes.</summary>
    public Tensor Deviation { get; }

    /// <summary>The measures of these examples, over the first axis; the deviation divides by their number.</summary>
    public static Standardization Of(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Tensor mean = inputs.Mean(0);
        return new(mean, (inputs - mean).Square().Mean(0).Sqrt());
    }

    /// <summary>(x - mean) / deviation</summary>
    public Tensor Apply(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return (inputs - Mean) / Tensor.Where(Deviation.EqualTo(0), 1, Deviation);
    }

    /// <summary>The data set with standardised inputs.</summary>
    public Dataset Apply(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.WithInputs(Apply(data.Inputs));
    }

    /// <summary>Both parts standardised by the training part's measures, so that nothing of the test part leaks into training.</summary>
    public static (DataSplit Data, Standardization By) OfTraining(DataSplit data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Standardization by = Of(data.Train.Inputs);
        return (new(by.Apply(data.Train), by.Apply(data.Test)), by);
    }
}

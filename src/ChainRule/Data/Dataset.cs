namespace ChainRule.Data;

/// <summary>Examples with the class of each: what a classifier learns from.</summary>
public sealed class Dataset
{
    /// <summary>A data set of these examples.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="inputs">float32 or float64 of shape [examples, ...features]; every number finite.</param>
    /// <param name="labels">The class of each example as int64, counted from 0.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <param name="description">Where the data come from and under which licence.</param>
    /// <exception cref="ShapeException">There is not one label for each example, or no example.</exception>
    /// <exception cref="DTypeException">The inputs have no fractions, or the labels are not int64.</exception>
    /// <exception cref="ArgumentException">An input is NaN or infinite, or a label names no class.</exception>
    public Dataset(string name, Tensor inputs, Tensor labels, IReadOnlyList<string> classNames, string description = "")
        : this(inputs, labels, name, classNames, description)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(classNames);
        CheckShapes(inputs, labels);
        CheckLabels(labels, classNames.Count);
        CheckFinite(inputs);
    }

    private Dataset(Tensor inputs, Tensor labels, string name, IReadOnlyList<string> classNames, string description) =>
        (Name, Inputs, Labels, ClassNames, Description) = (name, inputs, labels, classNames, description);

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>The examples, [count, ...features].</summary>
    public Tensor Inputs { get; }

    /// <summary>The class of each example as int64, [count].</summary>
    public Tensor Labels { get; }

    /// <summary>The name of each class; a label is a place in this list.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Where the data come from and under which licence.</summary>
    public string Description { get; }

    /// <summary>The number of examples.</summary>
    public long Count => Labels.ElementCount;

    /// <summary>The shape of one example.</summary>
    public Shape FeatureShape => Shape.Create(Inputs.Shape.Sizes[1..]);

    /// <summary>The number of numbers in one example.</summary>
    public long FeatureCount => FeatureShape.ElementCount;

    /// <summary>The same classes with other inputs for the same examples, for instance standardised ones.</summary>
    /// <exception cref="ArgumentException">The inputs do not fit the labels, or one is not finite.</exception>
    public Dataset WithInputs(Tensor inputs) => new(Name, inputs, Labels, ClassNames, Description);

    /// <summary>The examples at these positions (int32 or int64), in this order.</summary>
    /// <exception cref="ShapeException">A position is outside the data set.</exception>
    public Dataset Take(Tensor positions) => new(Inputs.Take(positions), Labels.Take(positions), Name, ClassNames, Description);

    /// <summary>Shuffles the examples and holds a part of them back for the test.</summary>
    /// <param name="testFraction">The share of the test part, between 0 and 1; the number of examples is rounded.</param>
    /// <param name="key">Decides who goes where; the same key always gives the same parts.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the parts would be empty.</exception>
    public DataSplit Split(double testFraction, RandomKey key)
    {
        long test = testFraction is >= 0 and <= 1 ? (long)Math.Round(Count * testFraction, MidpointRounding.AwayFromZero) : 0;
        if (test == 0 || test == Count)
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, $"Split: a test part of {testFraction} of {Count} examples leaves one part without any.");
        Tensor order = Tensor.Permutation(Count, key);
        return new(Take(order.Slice(0, test, Count - test)), Take(order.Slice(0, 0, test)));
    }

    /// <summary>For example <c>iris: 150 examples of [4], 3 classes</c>.</summary>
    public override string ToString() => $"{Name}: {Count} examples of {FeatureShape}, {ClassNames.Count} classes";

    private static void CheckShapes(Tensor inputs, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ElementType.RequireFloating(inputs, nameof(Dataset), nameof(inputs));
        if (labels.DType != DType.Int64)
            throw new DTypeException($"Dataset: the labels are {labels.DType.Lower()}, but must be int64. Convert them with .To(DType.Int64).");
        if (inputs.Rank < 2 || labels.Rank != 1 || inputs.Shape[0] != labels.Shape[0] || inputs.ElementCount == 0)
            throw new ShapeException($"Dataset: inputs of shape {inputs.Shape} and labels of shape {labels.Shape} are not [examples, ...features] and [examples] with at least one of each.");
    }

    private static void CheckLabels(Tensor labels, int classes)
    {
        long[] values = labels.ToArray<long>();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 || values[i] >= classes)
                throw new ArgumentException($"Dataset: label {values[i]} of example {i} names none of the {classes} classes.", nameof(labels));
        }
    }

    private static void CheckFinite(Tensor inputs)
    {
        long features = inputs.ElementCount / inputs.Shape[0];
        if (Finite.FirstBreach(inputs) is { } place)
            throw new ArgumentException($"Dataset: feature {place % features} of example {place / features} is not a finite number. Remove the example or put a number in its place.", nameof(inputs));
    }
}

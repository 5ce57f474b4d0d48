namespace ChainRule.Tests.Accuracy;

/// <summary>An operation whose values and derivatives are held against true ones, and how far they may be off.</summary>
/// <param name="Name">Its name on the page.</param>
/// <param name="Function">How it is called.</param>
internal sealed record AccuracyRow(string Name, Func<Tensor[], Tensor> Function)
{
    /// <summary>The function of the reference that it is; its name unless said otherwise.</summary>
    public string Reference { get; init; } = Name;

    /// <summary>Units of the last place that a value may be off.</summary>
    public double MostUnits { get; init; } = 2;

    /// <summary>The same of a derivative.</summary>
    public double MostSlopeUnits { get; init; } = 4;

    /// <summary>Where a value is smaller than this, a unit is that of this: there it is a difference of larger terms.</summary>
    public double Floor { get; init; }

    /// <summary>The same of derivatives.</summary>
    public double SlopeFloor { get; init; }

    /// <summary>Why there are floors or larger bounds.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where the bounds hold, if not everywhere.</summary>
    public string Extent { get; init; } = "";

    /// <summary>An operation of one operand.</summary>
    public static AccuracyRow Unary(string name, Func<Tensor, Tensor> function) => new(name, x => function(x[0]));

    /// <summary>An operation of two operands.</summary>
    public static AccuracyRow Binary(string name, Func<Tensor, Tensor, Tensor> function) => new(name, x => function(x[0], x[1]));

    public override string ToString() => Name;
}

using System.Globalization;

namespace ChainRule.Nn;

/// <summary>What the layers share that leave something to chance while training: the probability, the key, and how often they have drawn.</summary>
public abstract class Dropping : Module
{

    private protected Dropping(double probability, RandomKey? key)
    {
        Probability = Bounds.Share(probability, GetType().Name, nameof(probability));
        Key = key ?? RandomKey.Next();
    }

    /// <summary>p, the probability with which an element or a part is dropped.</summary>
    public double Probability { get; }

    /// <summary>How many times there was a draw; it decides what is dropped next, so set it to continue an interrupted run.</summary>
    public long Draws { get; set; }

    /// <summary>What is drawn from.</summary>
    internal RandomKey Key { get; set; }

    private protected bool IsDropping => IsTraining && Probability > 0;

    /// <summary>For example <c>Dropout(0.5)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}({Probability})");

    /// <summary>Draws what is kept: bool of this shape, true with probability 1 - p.</summary>
    private protected Tensor DrawKept(Shape shape) => Tensor.Uniform(shape, Key.Drawn(() => Draws++)) >= Probability;

    /// <summary>x / (1 - p) where it is kept. What is dropped gets a gradient of exactly 0, also where x is infinite or NaN, and with p = 1.</summary>
    private protected Tensor Scaled(Tensor x, Tensor isKept) => Tensor.Where(isKept, x * (1 / (1 - Probability)), 0);
}

using System.Numerics;

namespace ChainRule.Nn;

public static partial class Loss
{
    private const int ReadInPlace = 4096;

    private static void Check(Tensor prediction, ref Tensor target, string loss, string argument, string other = "target")
    {
        ArgumentNullException.ThrowIfNull(prediction, argument);
        ArgumentNullException.ThrowIfNull(target, other);
        ElementType.RequireFloating(prediction, loss, argument);
        if (prediction.Shape != target.Shape)
            throw new ShapeException($"{loss}: {argument} has shape {prediction.Shape}, but {other} has {target.Shape}; they must be equal. Reshape one of them.");
        target = target.To(prediction.DType);
    }

    /// <summary>The target classes as int64; refuses one that does not exist, and tells whether samples are ignored.</summary>
    private static Tensor CheckedClasses(Tensor scores, Tensor target, long? ignoredIndex, string loss, string argument, out bool hasIgnored)
    {
        ArgumentNullException.ThrowIfNull(scores, argument);
        ArgumentNullException.ThrowIfNull(target);
        ElementType.RequireFloating(scores, loss, argument);
        ElementType.RequireInteger(target, loss, nameof(target));
        if (scores.Rank == 0)
            throw new ShapeException($"{loss}: {argument} is a single number, but needs an axis of classes.");
        if (target.Shape != Shape.Create(scores.Shape.Sizes[..^1]))
            throw new ShapeException($"{loss}: {nameof(target)} has shape {target.Shape}, but for {argument} of shape {scores.Shape} it must have {Shape.Create(scores.Shape.Sizes[..^1])}: one class for each sample.");
        Tensor classes = target.To(DType.Int64);
        hasIgnored = Recording.Current is null
            ? RequireClasses(classes.Bare, scores.Shape[^1], ignoredIndex, loss)
            : InspectClasses(classes, scores.Shape[^1], ignoredIndex, loss);
        return classes;
    }

    private static bool InspectClasses(Tensor classes, long count, long? ignoredIndex, string loss) =>
        Recording.Inspect(classes, values => RequireClasses(values, count, ignoredIndex, loss));

    private static bool RequireClasses(Tensor classes, long count, long? ignoredIndex, string loss)
    {
        bool hasIgnored = false;
        Tensor values = classes.ToContiguous();
        foreach (long value in values.Span<long>())
        {
            if (value == ignoredIndex)
                hasIgnored = true;
            else if ((ulong)value >= (ulong)count)
                throw new ShapeException($"{loss}: there is no class {value}: there are {count} classes, 0 to {count - 1}.{(value < 0 && ignoredIndex is null ? " To skip samples, name their class as ignoredIndex." : "")}");
        }
        GC.KeepAlive(values);
        return hasIgnored;
    }

    private static Tensor? CheckedWeight(Tensor? weight, Tensor scores, string loss)
    {
        if (weight is null) return null;
        ElementType.RequireFloating(weight, loss, nameof(weight));
        if (weight.Rank != 1 || weight.Shape[0] != scores.Shape[^1])
            throw new ShapeException($"{loss}: weight has shape {weight.Shape}, but must be [{scores.Shape[^1]}]: one for each class.");
        return weight.To(scores.DType);
    }

    /// <summary>A weight of each element; refuses one that does not stretch to the prediction's shape.</summary>
    private static Tensor? StretchingWeight(Tensor? weight, Tensor prediction, string loss, string argument)
    {
        if (weight is null) return null;
        ElementType.RequireFloating(weight, loss, argument);
        if (Shape.Broadcast(prediction.Shape, weight.Shape, loss) != prediction.Shape)
            throw new ShapeException($"{loss}: {argument} has shape {weight.Shape}, which does not stretch to {prediction.Shape}, the shape of the prediction.");
        return weight.To(prediction.DType);
    }

    /// <summary>Refuses values outside an interval and names the first kind found; NaN passes, to be seen in the loss.</summary>
    private static void RequireWithin(Tensor x, double low, double high, string loss, string argument)
    {
        if (Recording.Current is null)
            IsWithin(x.Bare, low, high, loss, argument);
        else
            InspectWithin(x, low, high, loss, argument);
    }

    // The closure is made only while recording.
    private static void InspectWithin(Tensor x, double low, double high, string loss, string argument) =>
        Recording.Inspect(x, values => IsWithin(values, low, high, loss, argument));

    private static bool IsWithin(Tensor x, double low, double high, string loss, string argument)
    {
        if (x.ElementCount == 0) return true;
        (double least, double most) = Extremes(x);
        if (least < low || most > high)
            throw new ArgumentOutOfRangeException(argument, least < low ? least : most, $"{loss}: {argument} must lie between {low} and {high}.");
        return true;
    }

    // A small tensor is read where it lies: the loss of a small network should not allocate for its checks.
    private static (double Least, double Most) Extremes(Tensor x)
    {
        if (x.ElementCount <= ReadInPlace && x.IsContiguous && x.DType == DType.Float32)
            return Extremes<float>(x);
        if (x.ElementCount <= ReadInPlace && x.IsContiguous && x.DType == DType.Float64)
            return Extremes<double>(x);
        using (new NoGrad())
            return (x.Min().Item<double>(), x.Max().Item<double>());
    }

    private static (double Least, double Most) Extremes<T>(Tensor x) where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> values = x.Span<T>();
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (T value in values)
        {
            // NaN is neither smaller nor larger.
            double number = double.CreateTruncating(value);
            least = number < least ? number : least;
            most = number > most ? number : most;
        }
        GC.KeepAlive(x);
        return (least, most);
    }
}

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// The cosine of the angle between vectors, a·b / (max(‖a‖, ε)·max(‖b‖, ε)) along an axis, between -1 and 1; the vectors broadcast.
    /// </summary>
    /// <param name="left">The vectors a.</param>
    /// <param name="right">The vectors b.</param>
    /// <param name="axis">The axis along which a vector lies; it goes away.</param>
    /// <param name="epsilon">The least length that is divided by.</param>
    /// <remarks>A vector of zeros has cosine 0 with every other. Lengths are scaled, so large and tiny vectors neither overflow nor vanish.</remarks>
    /// <exception cref="ShapeException">The shapes do not broadcast, or there is no such axis.</exception>
    public static Tensor CosineSimilarity(Tensor left, Tensor right, int axis = -1, double epsilon = 1e-8)
    {
        Bounds.NotNegative(epsilon, nameof(CosineSimilarity), nameof(epsilon));
        ElementType.Meet(ref left, ref right, takesIntegers: false);
        Broadcasting.Meet(ref left, ref right, nameof(CosineSimilarity));
        int place = left.Shape.Axis(axis, nameof(CosineSimilarity));
        return (left.Direction(place, epsilon) * right.Direction(place, epsilon)).Sum(place);
    }

    private Tensor Direction(int axis, double epsilon) => this / Norm(2, axis, keepDims: true).Clamp(min: epsilon);
}

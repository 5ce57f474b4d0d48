namespace ChainRule;

/// <summary>Makes operands of one element type by explicit casts, before an operation sees them.</summary>
internal static class ElementType
{
    /// <summary>Two operands in the wider of their types; booleans and, unless allowed, integers are widened.</summary>
    public static void Meet(ref Tensor left, ref Tensor right, bool takesIntegers)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.DType == right.DType && left.DType.IsFloating()) return;
        DType meeting = Computed(left.DType.Promote(right.DType), takesIntegers);
        left = left.To(meeting);
        right = right.To(meeting);
    }

    /// <summary>One operand in a type that the operation computes in.</summary>
    public static Tensor Prepare(Tensor x, bool takesIntegers) =>
        x.DType.IsFloating() ? x : x.To(Computed(x.DType, takesIntegers));

    /// <summary>Refuses anything but float32 and float64.</summary>
    public static void RequireFloating(Tensor x, string operation, string argument)
    {
        if (!x.DType.IsFloating())
            throw new DTypeException($"{operation}: {argument} is {x.DType.Lower()}{x.Shape}, but must be float32 or float64. Convert it with .To(DType.Float32).");
    }

    /// <summary>Refuses anything but int32 and int64.</summary>
    public static void RequireInteger(Tensor x, string operation, string argument)
    {
        if (x.DType is not (DType.Int32 or DType.Int64))
            throw new DTypeException($"{operation}: {argument} is {x.DType.Lower()}{x.Shape}, but must be int32 or int64: it holds positions.");
    }

    private static DType Computed(DType dtype, bool takesIntegers) => dtype switch
    {
        DType.Bool => takesIntegers ? DType.Int32 : DType.Float32,
        DType.Int32 or DType.Int64 when !takesIntegers => DType.Float32,
        _ => dtype,
    };
}

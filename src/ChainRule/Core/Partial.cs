namespace ChainRule;

/// <summary>A partial derivative of an elementwise operation: a value for each element, or one that needs no arithmetic.</summary>
internal readonly struct Partial
{
    private readonly Kind _kind;
    private readonly Tensor? _value;

    private Partial(Kind kind, Tensor? value = null) => (_kind, _value) = (kind, value);

    private enum Kind
    {
        Zero,
        One,
        MinusOne,
        Mask,
        Value,
    }

    public static Partial Zero => default;

    public static Partial One => new(Kind.One);

    public static Partial MinusOne => new(Kind.MinusOne);

    /// <summary>1 where the mask is true, exactly 0 elsewhere, whatever flows.</summary>
    public static Partial Mask(Tensor mask) => new(Kind.Mask, mask);

    public static implicit operator Partial(Tensor value) => new(Kind.Value, value);

    /// <summary>The chain rule for one operand: what flows in, times this; null for zero.</summary>
    public Tensor? Times(Tensor flow) => _kind switch
    {
        Kind.Zero => null,
        Kind.One => flow,
        Kind.MinusOne => -flow,
        Kind.Mask => Tensor.Where(_value!, flow, Tensor.ConstantLike(0, flow)),
        _ => flow.Chain(_value!),
    };
}

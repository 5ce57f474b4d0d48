using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ChainRule.Nn;

/// <summary>A tensor that training adjusts. It has no name of its own: the place in the module where it is kept names it.</summary>
[DebuggerDisplay("{Value}")]
public sealed class Parameter
{
    /// <summary>Makes a parameter that starts with these values; they are copied.</summary>
    /// <exception cref="DTypeException">The values are not float32 or float64.</exception>
    public Parameter(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ElementType.RequireFloating(value, nameof(Parameter), nameof(value));
        Value = Leaf(value);
    }

    /// <summary>The leaf tensor itself. Overwrite its elements inside <see cref="NoGrad"/>: <c>parameter.Value.CopyFrom(values)</c>.</summary>
    public Tensor Value { get; private set; }

    /// <summary>The gradient that <see cref="Tensor.Backward"/> has gathered, or null.</summary>
    public Tensor? Grad
    {
        get => Value.Grad;
        set => Value.Grad = value;
    }

    /// <summary>The tensor, so that a parameter can stand wherever one is asked for.</summary>
    [return: NotNullIfNotNull(nameof(parameter))]
    public static implicit operator Tensor?(Parameter? parameter) => parameter?.Value;

    /// <summary>The tensor's values and shape.</summary>
    public override string ToString() => Value.ToString()!;

    /// <summary>Starts anew with a leaf of another type and no gradient.</summary>
    internal void To(DType dtype)
    {
        if (dtype != Value.DType)
            Value = Leaf(Value.Detach().To(dtype));
    }

    private static Tensor Leaf(Tensor value) => value.Detach().Clone().RequiresGrad();
}

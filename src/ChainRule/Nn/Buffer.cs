using System.Diagnostics;

namespace ChainRule.Nn;

/// <summary>A tensor that belongs to a module and is saved with it, but that training does not adjust: running statistics, counters.</summary>
/// <remarks>It has no name of its own: the place in the module where it is kept names it, see <see cref="Module.NamedBuffers"/>.</remarks>
[DebuggerDisplay("{Value}")]
public sealed class Buffer : IRecordedState
{
    private Tensor _value;

    /// <summary>Makes a buffer that starts with these values; they are copied.</summary>
    public Buffer(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.Detach().Clone();
    }

    /// <summary>The values, without a history. A new tensor takes their place, so that what was computed from the old ones stays right.</summary>
    public Tensor Value
    {
        get
        {
            Recording.Current?.Read(this, _value);
            return _value;
        }
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Shape != _value.Shape || value.DType != _value.DType)
                throw new ShapeException($"Buffer: {value.DType.Lower()}{value.Shape} cannot take the place of {_value.DType.Lower()}{_value.Shape}.");
            _value = value.Detach();
            Recording.Current?.Wrote(this, _value);
        }
    }

    Tensor IRecordedState.Present
    {
        get => _value;
        set => _value = value;
    }

    /// <summary>The tensor's values and shape.</summary>
    public override string ToString() => Value.ToString()!;

    /// <summary>Converts fractions to another element type; integers stay as they are.</summary>
    internal void To(DType dtype)
    {
        if (_value.DType.IsFloating())
            _value = _value.To(dtype);
    }
}

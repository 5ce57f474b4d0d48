namespace ChainRule.Nn;

/// <summary>What the recurrent cells share: one step of one layer, of which one writes the way through time oneself.</summary>
/// <remarks>An input is [batch, inputs] with states [batch, hidden], or without a batch [inputs] with states [hidden].</remarks>
public abstract class RecurrentCell : Module
{
    private readonly RecurrentParameters _weights;

    private protected RecurrentCell(int inputs, int hidden, int gates, bool bias, RandomKey? key, DType dtype)
    {
        string cell = GetType().Name;
        Bounds.AtLeast(inputs, 1, cell, nameof(inputs));
        Bounds.AtLeast(hidden, 1, cell, nameof(hidden));
        dtype.RequireParameter(cell);
        (Inputs, Hidden) = (inputs, hidden);
        _weights = new(inputs, hidden, gates, bias, key ?? RandomKey.Next(), dtype);
    }

    /// <summary>Numbers that go in.</summary>
    public int Inputs { get; }

    /// <summary>Numbers of the state.</summary>
    public int Hidden { get; }

    /// <summary>The weights of the inputs, [gates·hidden, inputs].</summary>
    public Parameter WeightIh => _weights.WeightIh;

    /// <summary>The weights of the state, [gates·hidden, hidden].</summary>
    public Parameter WeightHh => _weights.WeightHh;

    /// <summary>The biases beside the inputs, [gates·hidden], or null for none.</summary>
    public Parameter? BiasIh => _weights.BiasIh;

    /// <summary>The biases beside the state, [gates·hidden], or null for none.</summary>
    public Parameter? BiasHh => _weights.BiasHh;

    /// <summary>For example <c>LstmCell(64, 128)</c>.</summary>
    public override string ToString() => $"{GetType().Name}({Inputs}, {Hidden}{Kind}{(BiasIh is null ? ", no bias" : "")})";

    /// <summary>weight_ih, weight_hh, bias_ih, bias_hh, as PyTorch names them.</summary>
    internal override IEnumerable<(string Name, object? Value)> Parts() => _weights.Named("");

    /// <summary>What else the text of the cell says.</summary>
    private protected virtual string Kind => "";

    /// <summary>The state that a step gives.</summary>
    private protected Tensor Told(Tensor hidden)
    {
        ShapeTrace.Tell(this, hidden); // the last operation with a parameter has as many columns as all gates
        return hidden;
    }

    /// <summary>The input as a sequence of one step, after a look at the shapes.</summary>
    private protected Tensor AsSequence(Tensor x, params ReadOnlySpan<(string Name, Tensor? Value)> states)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank is not (1 or 2) || x.Shape[^1] != Inputs)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [batch, {Inputs}], or [{Inputs}] without a batch.");
        InputType.Require(x, WeightIh, this);
        Shape expected = x.Shape.With(x.Rank - 1, Hidden);
        foreach ((string name, Tensor? state) in states)
        {
            if (state is not null && state.Shape != expected)
                throw new ShapeException($"{this}: {name} has shape {state.Shape}, but must be {expected} for an input of shape {x.Shape}.");
        }
        return x.Unsqueeze(0);
    }
}

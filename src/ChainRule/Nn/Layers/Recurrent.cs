using System.Globalization;
using System.Text;

namespace ChainRule.Nn;

/// <summary>What the recurrent networks share: layers one above the other, each forwards through time or in both directions.</summary>
/// <remarks>
/// An input is [time, batch, inputs], with batchFirst [batch, time, inputs], or without a batch [time, inputs]. The output has
/// hidden numbers for each step, twice as many with both directions. States are [layers·directions, batch, hidden], or without a
/// batch [layers·directions, hidden]: those of the first layer first, forwards before backwards.
/// </remarks>
public abstract class Recurrent : Module
{
    private readonly RecurrentParameters[] _weights; // layer by layer, forwards before backwards
    private readonly Dropout? _dropout;

    private protected Recurrent(int inputs, int hidden, int gates, int layers, bool bias, bool batchFirst, double dropout, bool bidirectional, RandomKey? key, DType dtype)
    {
        string layer = GetType().Name;
        Bounds.AtLeast(inputs, 1, layer, nameof(inputs));
        Bounds.AtLeast(hidden, 1, layer, nameof(hidden));
        Bounds.AtLeast(layers, 1, layer, nameof(layers));
        Bounds.Share(dropout, layer, nameof(dropout));
        dtype.RequireParameter(layer);
        (Inputs, Hidden, Layers, BatchFirst, IsBidirectional) = (inputs, hidden, layers, batchFirst, bidirectional);
        RandomKey source = key ?? RandomKey.Next();
        _dropout = dropout > 0 && layers > 1 ? new Dropout(dropout, source.Child(0)) : null;
        // A list, so that a number of layers for which there is no memory fails at a tensor, which says so.
        List<RecurrentParameters> weights = [];
        for (int i = 0; i < (long)layers * Directions; i++)
            weights.Add(new(i < Directions ? inputs : (long)hidden * Directions, hidden, gates, bias, source.Child(i + 1), dtype));
        _weights = [.. weights];
    }

    /// <summary>Numbers that go in at each step.</summary>
    public int Inputs { get; }

    /// <summary>Numbers of one state.</summary>
    public int Hidden { get; }

    /// <summary>Layers one above the other.</summary>
    public int Layers { get; }

    /// <summary>Whether inputs and outputs are [batch, time, ...] and not [time, batch, ...].</summary>
    public bool BatchFirst { get; }

    /// <summary>Whether each layer runs through time in both directions.</summary>
    public bool IsBidirectional { get; }

    /// <summary>The parameters, layer by layer, forwards before backwards.</summary>
    public IReadOnlyList<RecurrentParameters> Weights => _weights;

    private int Directions => IsBidirectional ? 2 : 1;

    /// <summary>For example <c>Lstm(64, 128, layers 2, bidirectional, batch first, dropout 0.1)</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{GetType().Name}({Inputs}, {Hidden}"));
        if (Layers > 1)
            text.Append(CultureInfo.InvariantCulture, $", layers {Layers}");
        if (IsBidirectional)
            text.Append(", bidirectional");
        if (BatchFirst)
            text.Append(", batch first");
        if (_dropout is not null)
            text.Append(CultureInfo.InvariantCulture, $", dropout {_dropout.Probability}");
        return text.Append(Kind).Append(_weights[0].BiasIh is null ? ", no bias)" : ")").ToString();
    }

    /// <summary>weight_ih_l0, ..., bias_hh_l0, weight_ih_l0_reverse, ..., as PyTorch names them.</summary>
    internal override IEnumerable<(string Name, object? Value)> Parts() =>
        _weights.SelectMany((weights, i) => weights.Named($"_l{i / Directions}{(i % Directions == 1 ? "_reverse" : "")}")).Append(("dropout", _dropout));

    /// <summary>What else the text of the layer says.</summary>
    private protected virtual string Kind => "";

    /// <summary>One layer in one direction: all outputs, and the last states.</summary>
    private protected abstract (Tensor Output, Tensor[] States) Run(Tensor x, RecurrentParameters weights, Tensor?[] states, Tensor? lengths, bool reverse);

    /// <summary>All layers; the states are those of all layers and directions.</summary>
    private protected (Tensor Output, Tensor[] States) RunAll(Tensor x, (string Name, Tensor? Value)[] states, Tensor? lengths)
    {
        ArgumentNullException.ThrowIfNull(x);
        Require(x);
        foreach ((string name, Tensor? state) in states)
            RequireState(state, name, x);
        var last = new Tensor[_weights.Length][];
        for (int layer = 0; layer < Layers; layer++)
        {
            var outputs = new Tensor[Directions];
            for (int direction = 0; direction < Directions; direction++)
            {
                int place = layer * Directions + direction;
                (outputs[direction], last[place]) = Run(x, _weights[place], [.. states.Select(state => state.Value?[place])], lengths, reverse: direction == 1);
            }
            x = outputs.Length == 1 ? outputs[0] : Tensor.Concat(outputs, -1);
            if (layer < Layers - 1 && _dropout is not null)
                x = _dropout.Apply(x);
        }
        ShapeTrace.Tell(this, x); // the last operation with a parameter is one step's product
        return (x, [.. states.Select((_, i) => Tensor.Stack(Array.ConvertAll(last, own => own[i])))]);
    }

    private void Require(Tensor x)
    {
        if (x.Rank is not (2 or 3) || x.Shape[^1] != Inputs)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [{(BatchFirst ? "batch, time" : "time, batch")}, {Inputs}], or [time, {Inputs}] without a batch.");
        InputType.Require(x, _weights[0].WeightIh, this);
    }

    private void RequireState(Tensor? state, string name, Tensor x)
    {
        Shape expected = x.Rank == 2 ? [_weights.Length, Hidden] : [_weights.Length, x.Shape[BatchFirst ? 0 : 1], Hidden];
        if (state is not null && state.Shape != expected)
            throw new ShapeException($"{this}: {name} has shape {state.Shape}, but must be {expected} for an input of shape {x.Shape}.");
    }
}

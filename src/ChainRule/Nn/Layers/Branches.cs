using System.Collections;
using System.Globalization;

namespace ChainRule.Nn;

/// <summary>Modules side by side: each gets the same input, and their outputs are added or put one behind the other.</summary>
public sealed class Branches : Module, IReadOnlyList<Module>
{
    private readonly Module[] _branches;
    private readonly int? _axis; // to concatenate along; null to add

    private Branches(ReadOnlySpan<Module> branches, int? axis, string operation)
    {
        if (branches.IsEmpty)
            throw new ArgumentException($"{operation}: there are no branches.", nameof(branches));
        _branches = branches.ToArray();
        if (_branches.Contains(null))
            throw new ArgumentNullException(nameof(branches), $"{operation}: branch {Array.IndexOf(_branches, null)} is null.");
        _axis = axis;
    }

    /// <summary>The number of branches.</summary>
    public int Count => _branches.Length;

    /// <summary>One branch.</summary>
    public Module this[int index] => _branches[Bounds.Place(index, Count, nameof(Branches), nameof(index))];

    /// <summary>Branches whose outputs, all of one shape, are added.</summary>
    public static Branches Sum(params ReadOnlySpan<Module> branches) => new(branches, null, "Branches.Sum");

    /// <summary>Branches whose outputs are put one behind the other along an axis.</summary>
    public static Branches Concatenate(int axis, params ReadOnlySpan<Module> branches) => new(branches, axis, "Branches.Concatenate");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor[] outputs = Array.ConvertAll(_branches, branch => branch.Apply(x));
        if (_axis is { } axis)
        {
            int place = outputs[0].Shape.Axis(axis, $"{this}");
            Require(outputs, x, (left, right) => left.Rank == right.Rank && left.With(place, 0) == right.With(place, 0), $"concatenated, all sizes but that of axis {axis} must be equal");
            return Tensor.Concat(outputs, axis);
        }
        // A broadcast would add without a word.
        Require(outputs, x, (left, right) => left == right, "added, they must be equal");
        return outputs.Aggregate((sum, output) => sum + output);
    }

    /// <summary>For example <c>Branches(2, concatenated along axis 1)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Branches({Count}, {(_axis is { } axis ? $"concatenated along axis {axis}" : "added")})");

    /// <summary>Goes through the branches in order.</summary>
    public IEnumerator<Module> GetEnumerator() => ((IEnumerable<Module>)_branches).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _branches.GetEnumerator();

    // The places are the numbers alone, as in Sequential: 0.weight.
    internal override IEnumerable<(string Name, object? Value)> Parts() =>
        _branches.Select((branch, index) => (index.ToString(CultureInfo.InvariantCulture), (object?)branch));

    private void Require(Tensor[] outputs, Tensor x, Func<Shape, Shape, bool> fit, string rule)
    {
        if (Array.Find(outputs, output => !fit(outputs[0].Shape, output.Shape)) is { } other)
            throw new ShapeException($"{this}: of an input of shape {x.Shape} one branch made {outputs[0].Shape}, another {other.Shape}; to be {rule}.");
    }
}

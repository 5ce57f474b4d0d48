using System.Globalization;

namespace ChainRule.Inspect;

/// <summary>The tensors of a recording, each as the list of its changes: any state can be read, and what stays the same is kept once.</summary>
internal sealed class StepStore(long mostBytes)
{
    private readonly List<StepTensor> _tensors = [];
    private readonly List<List<StepVersion>> _versions = [];

    // One cotangent is often the gradient of several values.
    private readonly Dictionary<Tensor, (int Version, StepVersion Kept)> _shared = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<StepTensor> Tensors => _tensors;

    public long Bytes { get; private set; }

    public int Add(int node, StepTensorKind kind, string name, TensorSpec spec)
    {
        _tensors.Add(new(_tensors.Count, node, kind, name, spec.Shape, spec.DType));
        _versions.Add([]);
        return _tensors.Count - 1;
    }

    /// <summary>Notes what a tensor holds from an event on.</summary>
    /// <exception cref="StepLimitException">The recording has grown too large.</exception>
    public GraphValue Set(int tensor, int @event, Tensor value)
    {
        StepVersion version;
        if (_shared.TryGetValue(value, out (int Version, StepVersion Kept) shared) && shared.Version == value.Version)
        {
            version = shared.Kept with { Event = @event };
        }
        else
        {
            long size = value.ElementCount * value.DType.Size();
            if (Bytes + size > mostBytes || size > Array.MaxLength)
                throw TooLarge(tensor, @event);
            Bytes += size;
            version = StepVersion.Of(@event, value);
            _shared[value] = (value.Version, version);
        }
        _versions[tensor].Add(version);
        return version.Shown;
    }

    /// <summary>The newest numbers that are not younger than an event; null if there are none.</summary>
    public StepVersion? At(int tensor, int @event)
    {
        List<StepVersion> versions = _versions[tensor];
        int low = 0, high = versions.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (versions[middle].Event <= @event)
                low = middle + 1;
            else
                high = middle;
        }
        return low == 0 ? null : versions[low - 1];
    }

    public IReadOnlyList<StepVersion> VersionsOf(int tensor) => _versions[tensor];

    /// <summary>Lets go of the tensors themselves; their numbers stay.</summary>
    public void Close() => _shared.Clear();

    private StepLimitException TooLarge(int tensor, int @event) => new(string.Create(CultureInfo.InvariantCulture,
        $"StepRecording: the recording needs more than {mostBytes >> 20} MB; it reached them at event {@event}, with {_tensors[tensor].Name} of shape {_tensors[tensor].Shape}. Record a smaller batch or model, or allow more with mostBytes."));
}

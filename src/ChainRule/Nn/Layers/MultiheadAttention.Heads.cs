namespace ChainRule.Nn;

public sealed partial class MultiheadAttention
{
    private (Tensor Output, Tensor Weights) Attended(Tensor query, Tensor key, Tensor value, Tensor? keyPaddingMask = null, Tensor? attentionMask = null, bool isCausal = false)
    {
        Require(query, key, value);
        (Tensor q, Tensor k, Tensor v) = Projected(query, key, value);
        (q, k) = (Turned(q, 0), Turned(k, 0));
        Shape scores = [q.Shape[0], _heads, q.Shape[2], k.Shape[2]];
        (Tensor found, Tensor weights) = q.Attend(k, v, AttentionMask.Of(keyPaddingMask, attentionMask, _heads, scores, this), isCausal, change: Dropout.Apply);
        return (Joined(found, query.Rank), query.Rank == 2 ? weights.Squeeze(0) : weights);
    }

    // [batch, heads, places, size of a head]
    private (Tensor Query, Tensor Key, Tensor Value) Projected(Tensor query, Tensor key, Tensor value)
    {
        Tensor?[] biases = InProjBias is null ? [null, null, null] : [.. InProjBias.Value.Split(_size)];
        if (InProjWeight is null)
            return (Parted(query.Affine(QProjWeight!, biases[0])), Parted(key.Affine(KProjWeight!, biases[1])), Parted(value.Affine(VProjWeight!, biases[2])));
        if (ReferenceEquals(query, key) && ReferenceEquals(key, value))
        {
            Tensor[] parts = query.Affine(InProjWeight, InProjBias).Split(_size, -1); // one product is faster than three
            return (Parted(parts[0]), Parted(parts[1]), Parted(parts[2]));
        }
        Tensor[] weights = InProjWeight.Value.Split(_size);
        return (Parted(query.Affine(weights[0], biases[0])), Parted(key.Affine(weights[1], biases[1])), Parted(value.Affine(weights[2], biases[2])));
    }

    private Tensor Parted(Tensor x)
    {
        if (x.Rank == 2)
            x = x.Unsqueeze(_batchFirst ? 0 : 1);
        x = x.Reshape(x.Shape[0], x.Shape[1], _heads, _size / _heads);
        return _batchFirst ? x.Permute(0, 2, 1, 3) : x.Permute(1, 2, 0, 3);
    }

    private Tensor Joined(Tensor heads, int rank)
    {
        Tensor x = _batchFirst ? heads.Permute(0, 2, 1, 3) : heads.Permute(2, 0, 1, 3);
        x = x.Reshape(x.Shape[0], x.Shape[1], _size);
        return OutProj.Apply(rank == 2 ? x.Squeeze(_batchFirst ? 0 : 1) : x);
    }

    private Tensor Turned(Tensor heads, long start) => _rotary is null ? heads : _rotary.Forward(heads, start);

    /// <summary>What attention asks of its arguments, also for the layers that are made of it.</summary>
    internal static void RequireSizes(string layer, int size, int heads, double dropout, RotaryEncoding? rotary, DType dtype)
    {
        Bounds.AtLeast(size, 1, layer, nameof(size));
        Bounds.AtLeast(heads, 1, layer, nameof(heads));
        if (size % heads != 0)
            throw new ArgumentException($"{layer}: {heads} heads do not divide {size} numbers.", nameof(heads));
        if (rotary is not null && rotary.Size != size / heads)
            throw new ArgumentException($"{layer}: {rotary} does not fit heads of {size / heads} numbers.", nameof(rotary));
        Bounds.Share(dropout, layer, nameof(dropout));
        dtype.RequireParameter(layer);
    }

    private void Require(Tensor query, Tensor key, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        Places.Of(query, _size, _batchFirst, this);
        long keys = Places.Of(key, _keySize, _batchFirst, this, "key"), values = Places.Of(value, _valueSize, _batchFirst, this, "value");
        int batch = _batchFirst ? 0 : 1;
        bool fits = keys == values && query.Rank == key.Rank && key.Rank == value.Rank
            && (query.Rank == 2 || (query.Shape[batch] == key.Shape[batch] && key.Shape[batch] == value.Shape[batch]));
        if (!fits)
            throw new ShapeException($"{this}: queries of shape {query.Shape}, keys of shape {key.Shape} and values of shape {value.Shape} do not fit: there must be as many keys as values, and all of one batch.");
        InputType.Require(query, OutProj.Weight, this);
        InputType.Require(key, OutProj.Weight, this, "key");
        InputType.Require(value, OutProj.Weight, this, "value");
    }
}

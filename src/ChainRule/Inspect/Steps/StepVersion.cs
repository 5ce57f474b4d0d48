using ChainRule.Formats;

namespace ChainRule.Inspect;

/// <summary>The numbers of a tensor from one event on.</summary>
/// <param name="Event">The number of the event that made them; 0 for those that were there at the beginning.</param>
/// <param name="Bytes">The elements in row-major order, little-endian.</param>
/// <param name="Shown">The same to look at.</param>
internal sealed record StepVersion(int Event, byte[] Bytes, GraphValue Shown)
{
    public static StepVersion Of(int @event, Tensor x)
    {
        // Without its history, and without a trace in a recording.
        Tensor values = x.Bare.Alias().ToContiguous();
        var bytes = new byte[checked((int)(values.ElementCount * values.DType.Size()))];
        int next = 0;
        TensorBytes.Visit(values, part =>
        {
            part.CopyTo(bytes.AsSpan(next));
            next += part.Length;
        });
        return new(@event, bytes, GraphValue.Of(values));
    }

    public Tensor ToTensor(StepTensor tensor)
    {
        Tensor copy = Tensor.Uninitialized(tensor.Shape, tensor.DType);
        using var stream = new MemoryStream(Bytes, writable: false);
        TensorBytes.Fill(copy, stream);
        return copy;
    }
}

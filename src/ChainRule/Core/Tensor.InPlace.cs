using ChainRule.Memory;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Overwrites the elements with those of a tensor that broadcasts to this shape; its values are converted.</summary>
    /// <remarks>Not recorded: use it on data and, inside <see cref="NoGrad"/>, on parameters.</remarks>
    /// <returns>This tensor.</returns>
    /// <exception cref="InPlaceException">The change would have to be differentiated, or the memory is shared by several elements.</exception>
    public Tensor CopyFrom(Tensor source)
    {
        ArgumentNullException.ThrowIfNull(source);
        RequireWritable(nameof(CopyFrom), source);
        if (Shape.Broadcast(Shape, source.Shape, nameof(CopyFrom)) != Shape)
            throw new ShapeException($"CopyFrom: shape {source.Shape} does not broadcast to {Shape}.");
        source.Record?.RequireReadable(nameof(CopyFrom));
        if (StorageLedger.Current is not null) return this;
        Tensor values = source.Alias().To(DType).BroadcastTo(Shape);
        if (ReferenceEquals(values.Storage, Storage))
            values = values.Clone();
        TensorMemory.Copy(values, this);
        Storage.MarkChanged();
        return this;
    }

    /// <summary>Overwrites every element with one value. Not recorded.</summary>
    /// <returns>This tensor.</returns>
    /// <exception cref="DTypeException">The value does not fit the type: it is too large for it, or has a fraction and the type has none.</exception>
    /// <exception cref="InPlaceException">The tensor is tracked, or its memory is shared by several elements.</exception>
    public Tensor Fill(double value)
    {
        RequireWritable(nameof(Fill), null);
        DType.RequireFit(value, nameof(Fill));
        if (StorageLedger.Current is not null) return this;
        FillWith(value);
        Storage.MarkChanged();
        return this;
    }

    /// <inheritdoc cref="Fill(double)"/>
    public Tensor Fill(long value)
    {
        RequireWritable(nameof(Fill), null);
        DType.RequireFit(value, nameof(Fill));
        if (StorageLedger.Current is not null) return this;
        FillWithInteger(value);
        Storage.MarkChanged();
        return this;
    }

    private void RequireWritable(string operation, Tensor? source)
    {
        Recording.Current?.RequireChangeable(this, operation);
        if (Record is { Level: > 0 } || (Interpreter.IsRecording && (IsTracked || source is { IsTracked: true })))
            throw new InPlaceException($"{operation}: a change in place of a tracked tensor of shape {Shape} cannot be differentiated. Compute a new tensor instead (Tensor.Where, Concat, ...), or do it inside using (new NoGrad()).");
        if (RepeatsElements)
            throw new InPlaceException($"{operation}: this view of shape {Shape} repeats its elements along axis {RepeatedAxis}, so several share one place in memory. Clone() it first.");
    }
}

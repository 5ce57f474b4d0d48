using ChainRule.Memory;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Inspect;

/// <summary>The memory that a training step or an inference will take, found from shapes before anything is computed; as text, a table.</summary>
/// <remarks>
/// All sizes are bytes of tensors, rounded up as the pool does it, at the moment at which most of them are reachable. The pool looks for
/// memory that is no longer reachable only from time to time, so that the process may hold more: up to <see cref="MostHeldBytes"/>. A
/// step of a model whose shapes depend on values, or that sets gradients aside, is seen as it runs on zeros.
/// </remarks>
public sealed class MemoryPlan
{
    // The pool asks the garbage collector after it has lent this much, or as much as is alive.
    private const long LeastLook = 32L << 20;

    internal MemoryPlan(string subject, IReadOnlyList<MemoryRow> rows)
    {
        (Subject, Rows) = (subject, rows);
    }

    /// <summary>One row for each layer that holds something, in the order of their declaration.</summary>
    public IReadOnlyList<MemoryRow> Rows { get; }

    /// <summary>The most bytes that are reachable at once in eager execution.</summary>
    public long PeakBytes => Rows.Sum(row => row.Total) + BatchBytes + WorkingBytes;

    /// <summary>When that is.</summary>
    public MemoryPhase PeakPhase { get; internal init; }

    /// <summary>What the pool may hold before it looks for what is no longer reachable.</summary>
    public long MostHeldBytes => PeakBytes + Math.Max(LeastLook, PeakBytes);

    /// <summary>What a step takes that was compiled, once its first replays have been checked beside eager execution; null if it cannot be compiled, or if nobody asked.</summary>
    public long? CompiledBytes { get; internal init; }

    /// <summary>Why the step cannot be compiled; null if it can, or if nobody asked.</summary>
    public string? CompileRefusal { get; internal init; }

    /// <summary>The bytes of the batch.</summary>
    public long BatchBytes { get; internal init; }

    /// <summary>What the backward pass and the update are working on at the peak: gradients of results, temporary values.</summary>
    public long WorkingBytes { get; internal init; }

    internal string Subject { get; }

    /// <summary>The memory of a training step: the loss of a batch, its gradients and, with an optimizer, the update.</summary>
    /// <param name="model">The model; its layers become the rows.</param>
    /// <param name="optimizer">Adjusts the parameters; null for a pass forward and backward alone. It is left as it is.</param>
    /// <param name="loss">The loss of a batch, as for <see cref="Compile.Step(Optimizer, Func{Tensor[], Tensor}, Action?)"/>.</param>
    /// <param name="batch">The batch, whose values do not count; that of tokens or classes must be valid.</param>
    /// <exception cref="DifferentiationException">The loss depends on no parameter.</exception>
    /// <exception cref="InsufficientMemoryException">One tensor alone is larger than this machine's memory.</exception>
    public static MemoryPlan OfStep(Module model, Optimizer? optimizer, Func<Tensor[], Tensor> loss, params Tensor[] batch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(batch);
        Recording.Current?.Refuse(nameof(MemoryPlan), "Call it outside.");
        return new MemoryForecast(model, optimizer, batch).OfStep(loss);
    }

    /// <summary>The memory of an inference: forward, without a gradient.</summary>
    /// <param name="model">The model; its layers become the rows.</param>
    /// <param name="batch">The batch, whose values do not count; tokens must be valid.</param>
    /// <exception cref="InsufficientMemoryException">One tensor alone is larger than this machine's memory.</exception>
    public static MemoryPlan OfInference(Module model, Tensor batch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        Recording.Current?.Refuse(nameof(MemoryPlan), "Call it outside.");
        return new MemoryForecast(model, null, [batch]).OfInference();
    }

    /// <summary>The table.</summary>
    public override string ToString() => MemoryTable.Write(this);

    /// <summary>A tensor that only counts.</summary>
    internal static Tensor Counted(Shape shape, DType dtype)
    {
        using var ledger = new StorageLedger();
        return Tensor.Zeros(shape, dtype);
    }
}

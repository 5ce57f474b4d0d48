namespace ChainRule.Autograd;

/// <summary>Sees a reverse pass piece by piece, while someone records it. Passes inside a rule are part of that rule, and not seen.</summary>
internal abstract class ReverseWitness
{
    /// <summary>The one of this thread, for the next pass; null if nobody looks.</summary>
    [field: ThreadStatic]
    public static ReverseWitness? Current { get; set; }

    /// <summary>The pass begins with this cotangent of a result.</summary>
    public abstract void Seeded(Node node, Tensor cotangent);

    /// <summary>A hook has put another gradient in place of the sum that arrived.</summary>
    public abstract void Hooked(Node node, Tensor cotangent);

    /// <summary>A rule is about to run for one operand; -1 for all operands at once.</summary>
    public abstract void Flowing(Node node, int operand, Tensor cotangent);

    /// <summary>What a rule gave for one operand, and the sum in its node with it.</summary>
    public abstract void Flowed(Node node, int operand, Tensor cotangent, Tensor flow, Tensor? sumBefore, Tensor sum);
}

namespace ChainRule;

/// <summary>Makes operands of one shape by explicit, free views: no rule of an operation ever has to undo a broadcast.</summary>
internal static class Broadcasting
{
    public static void Meet(ref Tensor a, ref Tensor b, string operation)
    {
        if (ReferenceEquals(a.Shape, b.Shape)) return;
        Shape shape = Shape.Broadcast(a.Shape, b.Shape, operation);
        a = a.BroadcastTo(shape);
        b = b.BroadcastTo(shape);
    }
}

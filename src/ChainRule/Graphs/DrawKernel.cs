namespace ChainRule;

/// <summary>Random numbers of the key of the present replay.</summary>
internal sealed class DrawKernel(int node, KeySlot key, Action<RandomKey, Tensor> fill, Tensor result) : PlannedKernel([node])
{
    public override void Run() => fill(key.Key, result);
}

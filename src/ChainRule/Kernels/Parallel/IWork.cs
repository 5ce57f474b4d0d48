namespace ChainRule.Kernels;

/// <summary>Work cut into numbered parts that may run in any order and at the same time.</summary>
internal interface IWork
{
    /// <summary>Does one part. What it computes may depend on the part's number, never on the thread.</summary>
    void Invoke(int part);
}

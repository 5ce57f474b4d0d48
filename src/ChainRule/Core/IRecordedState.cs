namespace ChainRule;

/// <summary>Something outside of a function that keeps a tensor from call to call and may be given another: a compiled function reads and writes it as the function does.</summary>
internal interface IRecordedState
{
    /// <summary>The tensor itself, without telling a recording.</summary>
    Tensor Present { get; set; }
}

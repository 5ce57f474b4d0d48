namespace ChainRule.Kernels;

/// <summary>An optimizer's step for one element of a parameter, written once over a lane.</summary>
internal interface IUpdate
{
    /// <summary>How many numbers the optimizer remembers for each element: 0 to 3. Those beyond are neither read nor written.</summary>
    static abstract int Memories { get; }

    /// <summary>Changes the parameter and what is remembered of it.</summary>
    void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>;
}

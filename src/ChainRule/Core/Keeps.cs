namespace ChainRule;

/// <summary>What the backward pass of an operation reads of its forward pass; the rest is not kept.</summary>
[Flags]
internal enum Keeps
{
    Nothing = 0,
    Inputs = 1,
    Output = 2,
}

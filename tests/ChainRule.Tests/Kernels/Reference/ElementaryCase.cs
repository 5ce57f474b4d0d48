namespace ChainRule.Tests.Kernels.Reference;

/// <summary>One argument, or two, of an elementary function and its true value: Value and Rest units of its last place.</summary>
internal readonly record struct ElementaryCase(double X, double Y, double Value, double Rest)
{
    /// <summary>The distance of a computed value from the true one, in units of the last place of doubles around the true one.</summary>
    public double ErrorOf(double computed)
    {
        if (!double.IsFinite(Value))
        {
            return computed.Equals(Value) ? 0 : double.PositiveInfinity;
        }

        var size = Math.Abs(Value);
        var towardsZero = Math.Sign(Rest) == -Math.Sign(Value);
        var unit = towardsZero ? size - Math.BitDecrement(size) : Math.BitIncrement(size) - size;
        if (double.IsInfinity(unit))
        {
            unit = size - Math.BitDecrement(size);
        }

        var error = Math.Abs(((computed - Value) / unit) - Rest);
        return double.IsNaN(error) ? double.PositiveInfinity : error;
    }
}

namespace ChainRule.Playground.Lab;

/// <summary>One weight's derivative as four ways find it.</summary>
public sealed record SlopeRow(int Parameter, int Element, double Reverse, double Forward, double Ridders, IReadOnlyList<SlopePoint> Curve)
{
    private const double Allowed = 1e-7;

    public double RiddersError => SlopeCheck.Error(Ridders, Reverse);

    public double ForwardError => SlopeCheck.Error(Forward, Reverse);

    public bool Passed => RiddersError < Allowed && ForwardError < Allowed;
}

using static ChainRule.Inspect.Diagnosis;

namespace ChainRule.Inspect;

/// <summary>Units that are off for good, or on and off together.</summary>
internal static class UnitRules
{
    // The first four looks are at steps in a row: a network may be out of reach for those and still turn round.
    // Later a single look may fall on a moment where a row is across the edge of a unit: four of five are enough.
    private const int Looks = 5, LeastLow = 4;

    // Where the loss is still where it began, weights are small, and by drifting they may get another pattern even after 1,000 steps.
    private const double AtTheStart = 0.9;
    private const int Settled = 100;

    // A network that has found another pattern takes so many steps, about, until its loss shows it.
    private const int Recovery = 200;

    // A quarter of the loss is more than rounding or noise in the targets leave of a problem that can be learned by heart.
    private const double MuchLeft = 0.25;

    // With 8 units or more, half of them off on the same 32 rows is no chance: 2^-32 for each if half of the rows are off.
    private const int LeastUnits = 8, LeastRows = 32;
    private const double ManyDead = 0.5;

    // A layer of any size that is off as a whole lets nothing through, and where nothing goes round it the outputs are constant. At fewer
    // rows, counted over the looks, a small one may be so by chance.
    private const int LeastRowsOfAll = 16;

    public static IEnumerable<Finding> Of(Chart chart)
    {
        // Of a single input every unit is either always on or always off.
        if (chart.Data.AreInputsAlike) yield break;
        if (OutOfReachNow(chart) is { } reach && chart.Curve.Left > MuchLeft)
        {
            if (!MayDriftOn(chart, reach))
                yield return OfReach(reach, chart);
        }
        else if (chart.Curve.Left > MuchLeft && chart.Latest.Length >= 3)
        {
            foreach (ActivationReading activation in chart.Latest[^1].Activations)
            {
                if (OfLayer(activation, chart) is { } finding)
                    yield return finding;
            }
        }
    }

    /// <summary>Whether the hidden layer cannot make the loss smaller as its units are on and off now, and that is worth a word.</summary>
    public static bool IsOutOfReach(Chart chart) => !chart.Data.AreInputsAlike && chart.Curve.Left > MuchLeft && OutOfReachNow(chart) is not null;

    /// <summary>Whether the loss may be where guessing leaves it for no other reason than that the error was out of reach a moment ago.</summary>
    public static bool WasOutOfReach(Chart chart) => chart.OutOfReachAt is { } step && chart.Curve.Steps - step <= Recovery;

    // Small weights that drift towards the edge of a row will get another pattern, and with it perhaps another rank: of those that are
    // stuck the edge comes no nearer, counted in steps. At first all weights hurry, and that says nothing.
    private static bool MayDriftOn(Chart chart, ReachReading reach)
    {
        if (!IsAtTheStart(chart, reach)) return false;
        double[] edges = [.. chart.Reaches.TakeLast(3).Select(known => known?.StepsToEdge ?? double.NaN)];
        return chart.Curve.Steps < Settled || edges[2] < edges[1] || edges[1] < edges[0];
    }

    private static bool IsAtTheStart(Chart chart, ReachReading reach) => reach.Dead.Count < reach.Units && chart.Curve.Left > AtTheStart;

    private static ReachReading? OutOfReachNow(Chart chart)
    {
        ReachReading[] low = [.. chart.Reaches.OfType<ReachReading>().Where(reach => reach.IsOutOfReach)];
        return chart.Reaches.Length >= Looks && low.Length >= LeastLow ? low[^1] : null;
    }

    private static Finding OfReach(ReachReading reach, Chart chart)
    {
        int live = reach.Units - reach.Dead.Count;
        string dead = reach.Dead.Count == 0 ? $"all {reach.Units} units are on somewhere" : $"{reach.Dead.Count} of {reach.Units} units are off on all {reach.Rows} rows (unit {string.Join(", ", reach.Dead.Take(10))}{(reach.Dead.Count > 10 ? ", …" : "")})";
        string patterns = live == 0 ? "" : live == 1 ? ", and one is left" : $", and the other {live} have {reach.Patterns} on/off {(reach.Patterns == 1 ? "pattern" : "patterns")} between them";
        bool mayTurn = IsAtTheStart(chart, reach);
        string cause = live == 0
            ? "Every unit of this layer is off for every input. Nothing but the last bias can learn, and a unit that is always off gets no gradient that could turn it on again."
            : $"{(reach.Dead.Count == 0 ? "Units" : "Units that are always off give no gradient, and units")} that are on and off together do the work of one: while they stay so, what is left has too small a rank for this problem, and hardly any gradient leads out.{(mayTurn ? " The loss is still where it began, so small weights may yet drift to another pattern by themselves; most do not." : "")}";
        return new Finding(FindingKind.DeadUnits, mayTurn ? FindingSeverity.Warning : FindingSeverity.Critical, reach.Layer, 0,
            $"{dead}{patterns}: they reach {reach.Rank} of {reach.Rows} directions, and {Percent(reach.Share)} of the error, and no more than {Percent(ReachReading.OutOfReach)} at {LeastLow} of {Looks} looks; the loss is {Short(chart.Curve.Recent)}", cause,
            "Start anew with another seed and larger weights (He: √(2 / inputs)), or use more units, leaky ReLU, or tanh.")
        {
            HasDeadUnits = reach.Dead.Count > 0,
        };
    }

    private static Finding? OfLayer(ActivationReading activation, Chart chart)
    {
        if (activation.DeadUnits.Count < activation.Units && (activation.Units < LeastUnits || activation.Rows < LeastRows)) return null;
        // A unit counts if it was off at every one of the latest looks.
        int[] dead = [.. activation.DeadUnits.Where(unit => chart.Latest.All(reading => reading.Activations.FirstOrDefault(other => other.Module == activation.Module)?.DeadUnits.Contains(unit) ?? false))];
        double share = (double)dead.Length / activation.Units;
        long rows = chart.Latest.Sum(reading => reading.Activations.Where(other => other.Module == activation.Module).Sum(other => (long)other.Rows));
        bool isMany = activation.Units >= LeastUnits && activation.Rows >= LeastRows && share >= ManyDead;
        if (!isMany && (dead.Length < activation.Units || rows < LeastRowsOfAll || !LossRules.AreOutputsConstant(chart))) return null;
        return new Finding(FindingKind.DeadUnits, share > 0.9 ? FindingSeverity.Critical : FindingSeverity.Warning, activation.Module, 0,
            $"{dead.Length} of {activation.Units} units ({Percent(share)}) were off on each of {rows} rows: {string.Join(", ", dead.Take(10))}{(dead.Length > 10 ? ", …" : "")}",
            "Their sums are negative for every input, so their outputs and their gradients are 0: they can never learn again. A large step or a negative bias has put them there.",
            "Lower the learning rate, begin with biases of 0 and He weights, or use leaky ReLU or GELU.");
    }
}

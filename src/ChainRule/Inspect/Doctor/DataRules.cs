using ChainRule.Nn;
using static ChainRule.Inspect.Diagnosis;

namespace ChainRule.Inspect;

/// <summary>Inputs, targets and labels.</summary>
internal static class DataRules
{
    // Layers are initialised for inputs of size 1: at 10 the first gradients are 100 times as large as meant, and at 100 in one
    // of the columns it alone decides. Values from 0 to 1, standardised ones and one-hot rows are far inside.
    private const double LargeRms = 10, LargeInput = 100, SmallInput = 0.02, UnlikeColumns = 100;

    // The largest of 16 normal draws is below 0.02 once in 10^28; of a single row some column always is small.
    private const int LeastRows = 16;

    // An output begins near size 1. To get to 30 or to tell 0.001 apart the last layer alone has to change beyond recognition.
    private const double LargeTarget = 30, SmallDeviation = 1e-3;

    // Saying the commonest class each time is right in 17 of 20 cases: little is left for the gradient to say.
    private const double CommonShare = 0.85;
    private const int LeastLabels = 64;

    public static IEnumerable<Finding> Of(Chart chart)
    {
        DataReading data = chart.Data;
        if (data.InputRms > LargeRms || data.LargestInput > LargeInput)
            yield return Warning(FindingKind.UnnormalisedInputs, "", $"inputs of up to {Short(data.LargestInput)}, root mean square {Short(data.InputRms)}", "Weights are drawn for inputs of about size 1. Larger ones make large sums and gradients that differ from layer to layer, so that no learning rate suits all.", "Standardise each column: subtract its mean, divide by its standard deviation (of the training part).");
        else if (data.RowsSeen >= LeastRows && data.LargestInput is > 0 and < SmallInput)
            yield return Warning(FindingKind.UnnormalisedInputs, "", $"no input is larger than {Short(data.LargestInput)}", "Weights are drawn for inputs of about size 1. From such small ones the network sees hardly more than its biases.", "Standardise each column: subtract its mean, divide by its standard deviation (of the training part).");
        else if (data.RowsSeen >= LeastRows && data.ColumnRatio > UnlikeColumns)
            yield return Warning(FindingKind.UnnormalisedInputs, "", $"the largest column is {Short(data.ColumnRatio)} times the smallest", "The loss is steep along one input and flat along another: a step that suits one is wrong for the other.", "Standardise each column: subtract its mean, divide by its standard deviation (of the training part).");
        if (TargetFinding(chart) is { } targets)
            yield return targets;
        if (data.LabelsSeen >= LeastLabels && data.MostCommon >= CommonShare * data.LabelsSeen)
            yield return Warning(FindingKind.LabelImbalance, "", $"{Percent((double)data.MostCommon / data.LabelsSeen)} of {data.LabelsSeen} labels are {data.CommonLabel}", "Always giving the commonest class is nearly right, and the few others hardly show in the gradient.", "Weigh the classes in the loss (weight, positiveWeight), draw rare ones more often, and judge by recall for each class.");
    }

    private static Finding? TargetFinding(Chart chart)
    {
        DataReading data = chart.Data;
        if (data.LowestTarget > data.HighestTarget) return null;
        (double lowest, double highest) = chart.Head switch
        {
            Sigmoid or Softmax => (0, 1),
            Tanh => (-1, 1),
            Relu => (0, double.PositiveInfinity),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        // Labels that are smoothed or rounded may touch the limits.
        const double Touch = 1e-6;
        string found = $"targets from {Short(data.LowestTarget)} to {Short(data.HighestTarget)}";
        if (data.LowestTarget < lowest - Touch || data.HighestTarget > highest + Touch)
            return Critical(FindingKind.TargetsOutOfRange, "", $"{found}, but {chart.Head!.GetType().Name} gives {Short(lowest)} to {(double.IsFinite(highest) ? Short(highest) : "infinity")}", "The outputs cannot get to the targets: they go to the limit, where the derivative is 0, and stay.", "Scale the targets into the range, or let the last layer end without this function.");
        double size = Math.Max(Math.Abs(data.LowestTarget), Math.Abs(data.HighestTarget));
        if (size > LargeTarget)
            return Warning(FindingKind.TargetsOutOfRange, "", $"{found}, standard deviation {Short(data.TargetDeviation)}", "Outputs begin near size 1. The errors, and with them the gradients, are as large as the targets.", "Standardise the targets (of the training part), and turn predictions back.");
        return data.TargetDeviation is > 0 and < SmallDeviation
            ? Warning(FindingKind.TargetsOutOfRange, "", $"{found}, standard deviation {Short(data.TargetDeviation)}", "The targets differ by far less than outputs do at the beginning: giving their mean already makes the loss tiny, and the rest has no weight in it.", "Standardise the targets (of the training part), and turn predictions back.")
            : null;
    }
}

using System.Globalization;
using ChainRule.Optim;

namespace ChainRule.Inspect;

/// <summary>Numbers and updates in words.</summary>
internal static class StepText
{
    private const int LongestNumber = 24;

    /// <summary> = [14] · [2], or nothing where the numbers would be too many to read.</summary>
    public static string Product(GraphValue upstream, GraphValue local) =>
        upstream.Elements is not null && local.Elements is not null && upstream.Text.Length <= LongestNumber && local.Text.Length <= LongestNumber
            ? $" = {upstream} · {(local.Text.StartsWith('-') ? $"({local})" : local.Text)}" : "";

    /// <summary>What an optimizer calls what it remembers of a parameter.</summary>
    public static string Memory(Optimizer optimizer, int which, string parameter)
    {
        string[] names = optimizer switch
        {
            Sgd => ["momentum"],
            Adam or NAdam or RAdam or Lamb => ["m", "v", "largest v"],
            Adamax => ["m", "u"],
            Lion => ["m"],
            Adagrad => ["sum of squares"],
            RmsProp => ["mean square"],
            _ => [],
        };
        return which < names.Length ? $"{names[which]}({parameter})" : string.Create(CultureInfo.InvariantCulture, $"memory {which}({parameter})");
    }

    /// <summary>The rule of an update; empty for one that is more than a line.</summary>
    public static string Rule(Optimizer optimizer, int parameter, string name)
    {
        double rate = optimizer.Groups.First(group => group.Parameters.Contains(optimizer.Parameters[parameter])).LearningRate;
        string step = rate.ToString("G4", CultureInfo.InvariantCulture);
        return optimizer switch
        {
            Sgd { Momentum: 0, IsMaximizing: false, WeightDecay: 0 } => $"{name} - {step} · {name}.Grad",
            Sgd { Momentum: not 0, IsNesterov: false, IsMaximizing: false, WeightDecay: 0 } => $"{name} - {step} · momentum({name})",
            Adam { IsAmsgrad: false } => $"{name} - {step} · m̂({name}) / (√v̂({name}) + ε)",
            _ => $"{optimizer.GetType().Name}({name}, {name}.Grad)",
        };
    }
}

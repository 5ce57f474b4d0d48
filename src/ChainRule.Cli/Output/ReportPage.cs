using ChainRule.Cli.Runs;
using ChainRule.Inspect;
using ChainRule.Plots;

namespace ChainRule.Cli.Output;

/// <summary>The page about a run: what came of it, its curves, where it errs, and all that is needed to repeat it.</summary>
internal static class ReportPage
{
    /// <summary>More classes than this make a matrix that nobody reads.</summary>
    private const int ClassesInMatrix = 40;

    private const int MistakesListed = 10;

    public static HtmlPage Of(RunRecord run, string svg, string version)
    {
        var page = new HtmlPage(run.Headline, run.Subtitle);
        if (run.Ending != Ending.Finished)
            page.AddNotice(run.Ending == Ending.Interrupted ? "The run was stopped before its end; this is what there is." : Advice.OnDivergence(run));
        page.AddTiles(
            ("test accuracy", Figures.Percent(run.TestAccuracy)),
            ("train loss", double.IsFinite(run.TrainLoss) ? Figures.Loss(run.TrainLoss) : "–"),
            ("parameters", Figures.Count(run.Parameters)),
            ("epochs", Figures.Count(run.EpochsDone)),
            ("steps", Figures.Count(run.Steps)),
            ("time", Figures.Seconds(run.Seconds)));
        AddFindings(page, run.Findings);
        page.AddHeading("Curves");
        page.AddPlot(svg);
        AddClasses(page, run.Confusion);
        foreach ((string heading, string text, Figure figure) in LayerCharts.Of(run))
            page.AddPlot(heading, text, figure.WithoutHead().ToSvg());
        page.AddHeading("Model");
        page.AddTable(["layer", "output", "parameters"], run.Summary.Rows.Select(IReadOnlyList<string> (row) =>
            [$"{row.Name}  {row.Layer}", $"{row.Output}", row.ParameterCount == 0 ? "" : Figures.Count(row.ParameterCount)]).Append(["total", "", Figures.Count(run.Parameters)]));
        page.AddHeading("Settings");
        page.AddSettings(Settings(run, version));
        return page;
    }

    // The first is the likeliest.
    private static void AddFindings(HtmlPage page, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0) return;
        page.AddHeading("What was found");
        foreach (Finding finding in findings)
            page.AddNotice($"{finding}. {finding.Cause} {finding.Cure}");
    }

    private static void AddClasses(HtmlPage page, Confusion confusion)
    {
        if (confusion.Classes.Count <= ClassesInMatrix)
        {
            page.AddHeading("What was taken for what");
            page.AddParagraph($"{Figures.Count(confusion.Right)} of {Figures.Plural(confusion.Total, "test example")} are right, on the diagonal. A row holds the examples of a class; a column, what was predicted.");
            page.AddConfusion(confusion);
        }
        page.AddHeading("Classes");
        page.AddTable(["class", "precision", "recall", "F1", "examples"], confusion.Classes.Index().Select(IReadOnlyList<string> (of) =>
            [of.Item, Figures.Percent(confusion.Precision(of.Index)), Figures.Percent(confusion.Recall(of.Index)), Figures.Percent(confusion.F1(of.Index)), Figures.Count(confusion.Support(of.Index))]));
        page.AddParagraph("Precision: the share of what was taken for the class that is of the class. Recall: the share of the class that was found. F1: their harmonic mean.");
        List<IReadOnlyList<string>> mistakes = [.. confusion.Mistakes().Take(MistakesListed).Select(IReadOnlyList<string> (one) => [one.Actual, one.Predicted, Figures.Count(one.Count)])];
        if (mistakes.Count == 0) return;
        page.AddHeading("Most frequent mistakes");
        page.AddTable(["is", "was taken for", "times"], mistakes);
    }

    private static IEnumerable<(string Name, string Value)> Settings(RunRecord run, string version) =>
    [
        ("data", run.Task.Name + (run.Task.Description.Length > 0 ? $": {run.Task.Description}" : "")),
        ("examples", $"{Figures.Count(run.Task.Train.Count)} to learn from, {Figures.Count(run.Task.Test.Count)} for the test, each of shape {run.Task.FeatureShape}"),
        ("layers", run.Architecture),
        ("loss", "cross entropy of the softmax"),
        ("optimizer", run.Recipe.Optimizer),
        ("learning rate", Figures.Number(run.Recipe.LearningRate)),
        ("batch", Figures.Count(run.Recipe.Batch)),
        ("epochs", Figures.Count(run.Recipe.Epochs)),
        ("seed", run.Recipe.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("threads", $"{run.Threads}"),
        ("looking at the layers", $"{Figures.Percent(run.Seconds > 0 ? run.SecondsWatching / run.Seconds : 0)} of the time"),
        ("weights, SHA-256", run.WeightsHash),
        ("made with", $"ChainRule {version}"),
    ];
}

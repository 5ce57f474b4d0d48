using ChainRule.Explain;

namespace Recipes;

internal sealed class ExplainedExpression : IRecipe
{
    public static void Run(TextWriter Console)
    {
        #region program
        Explanation explanation = Explanation.Of("(2*x+1)^3", ("x", 2));
        Console.Write(explanation.ToText()); // or ToMarkdown(), ToHtml(), ToJson()
        #endregion
    }
}

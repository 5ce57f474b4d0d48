namespace ChainRule.Cli.Learn;

/// <summary>How one exercise is checked. Its text stands in the lesson; its answer is computed when it is asked for.</summary>
/// <param name="Id">The lesson and the exercise, like 3.2.</param>
/// <param name="Hint">What to think of, without the answer.</param>
internal abstract record Exercise(string Id, string Hint)
{
    /// <summary>How the answer is given, as a command.</summary>
    public abstract string HowToAnswer { get; }
}

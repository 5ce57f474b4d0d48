namespace Recipes;

/// <summary>
/// A program that the documents show. Its file holds the program's using lines and, between
/// "#region program" and "#endregion", the statements that follow them.
/// </summary>
internal interface IRecipe
{
    /// <summary>Runs the program; the writer takes the console's name, so that a program may say Console.WriteLine.</summary>
    static abstract void Run(TextWriter Console);
}

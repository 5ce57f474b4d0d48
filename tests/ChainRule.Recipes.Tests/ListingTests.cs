using Xunit;

namespace Recipes;

public sealed class ListingTests
{
    public static TheoryData<string> Blocks => [.. Documents.Listings.Select(listing => listing.ToString())];

    public static TheoryData<string> Recipes => [.. Recipe.All.Select(recipe => recipe.Name)];

    [Theory, MemberData(nameof(Blocks))]
    public void A_program_in_a_document_is_compiled_here_and_prints_what_the_document_says(string block)
    {
        Listing listing = Documents.Listings.Single(listing => listing.ToString() == block);
        Recipe? recipe = Recipe.All.FirstOrDefault(recipe => recipe.Text == listing.Text);
        Assert.True(recipe is not null, $"{block} differs from every recipe. The recipes are:\n\n{string.Join("\n", Recipe.All.Select(r => $"{r.Name}:\n{r.Text}"))}");
        Assert.True(listing.Output is not null, $"{block} has no block marked text after it. {recipe.Name} prints:\n{recipe.Print()}");
        Assert.Equal(listing.Output, recipe.Print());
    }

    [Theory, MemberData(nameof(Recipes))]
    public void A_recipe_is_shown_in_a_document(string name)
    {
        Recipe recipe = Recipe.All.Single(recipe => recipe.Name == name);
        Assert.True(Documents.Listings.Any(listing => listing.Text == recipe.Text), $"No document shows {name}:\n{recipe.Text}");
    }

    [Fact]
    public void A_block_ends_where_its_fence_ends_and_takes_its_output_along()
    {
        Listing[] found = [.. Documents.ListingsOf("a.md", "x\n```csharp\nint a;\n\nint b;\n```\nprints\n```text\n1\n```\n```csharp\nint c;\n```\n```sh\nls\n```\n")];
        Assert.Equal([new("a.md", 2, "int a;\n\nint b;\n", "1\n"), new("a.md", 11, "int c;\n", null)], found);
        Assert.Throws<InvalidDataException>(() => Documents.ListingsOf("a.md", "```csharp\nint a;\n").Count());
    }

    [Fact]
    public void A_recipe_is_read_without_its_class_and_margin() =>
        Assert.Equal(
            "using ChainRule;\n\nint a;\n\nif (true)\n    a = 1;\n",
            Recipe.TextOf("using ChainRule;\n\nnamespace A;\nclass B\n{\n    void C()\n    {\n        #region program\n        int a;\n\n        if (true)\n            a = 1;\n        #endregion\n    }\n}\n"));
}

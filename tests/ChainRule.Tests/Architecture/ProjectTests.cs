using System.Xml.Linq;
using ChainRule.Shared;

namespace ChainRule.Tests.Architecture;

public sealed class ProjectTests
{
    /// <summary>Which product may refer to which. The core has no package at all, so that it can go anywhere.</summary>
    private static readonly Dictionary<string, string[]> Products = new()
    {
        ["ChainRule"] = [],
        ["ChainRule.Numerics"] = ["ChainRule"],
        ["ChainRule.Plots"] = ["ChainRule"],
        ["ChainRule.Explain"] = ["ChainRule"],
        ["ChainRule.TensorBoard"] = ["ChainRule"],
        ["ChainRule.Cli"] = ["ChainRule", "ChainRule.Explain", "ChainRule.Plots", "ChainRule.TensorBoard"],
        ["ChainRule.Playground"] = ["ChainRule", "ChainRule.Explain"],
    };

    private static IEnumerable<string> ProjectFiles => Directory.EnumerateFiles(Path.Combine(SolutionFolder.Path, "src"), "*.csproj", SearchOption.AllDirectories);

    [Fact]
    public void Products_refer_to_products_below_them_only()
    {
        var found = ProjectFiles.ToDictionary(
            file => Path.GetFileNameWithoutExtension(file),
            file => Included(file, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference)).ToArray());

        Assert.Equal(Products.Keys.Order(), found.Keys.Order());
        Assert.All(Products, product => Assert.Equal(product.Value.Order(), found[product.Key].Order()));
    }

    [Fact]
    public void The_core_depends_on_no_package() =>
        Assert.Empty(Included(ProjectFiles.Single(file => Path.GetFileName(file) == "ChainRule.csproj"), "PackageReference"));

    private static IEnumerable<string> Included(string project, string element) =>
        XDocument.Load(project).Descendants(element).Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));
}

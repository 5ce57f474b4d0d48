namespace ChainRule.Playground.Tests.Pages;

/// <summary>The tests that share one published page, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPage : ICollectionFixture<PublishedPage>
{
    public const string Name = "page";
}

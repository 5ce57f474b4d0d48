using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Tests.Runs;

public sealed class RecipeTests
{
    [Fact]
    public void Nothing_asked_for_changes_nothing()
    {
        Recipe recipe = Recipes.Digits.With(new TrainSettings { Data = "digits" });
        Assert.Equal(Recipes.Digits, recipe);
    }

    [Fact]
    public void What_is_asked_for_takes_the_place_of_what_suits_the_data()
    {
        Recipe recipe = Recipes.Digits.With(new TrainSettings { Data = "digits", Layers = [7], Epochs = 2, Batch = 3, Optimizer = "sgd", LearningRate = 0.25, Seed = 9 });
        Assert.Equal([7], recipe.Layers);
        Assert.Equal((2, 3, "sgd", 0.25, 9L), (recipe.Epochs, recipe.Batch, recipe.Optimizer, recipe.LearningRate, recipe.Seed));
    }

    [Fact]
    public void No_hidden_layer_is_something_one_can_ask_for() => Assert.Empty(Recipes.Digits.With(new TrainSettings { Data = "digits", Layers = [] }).Layers);

    [Theory]
    [InlineData("adam", 1)]
    [InlineData("momentum", 10)]
    [InlineData("sgd", 50)]
    public void Another_optimizer_brings_a_rate_that_suits_it(string optimizer, double factor) =>
        Assert.Equal(Recipes.Pictures.LearningRate * factor, Recipes.Pictures.With(new TrainSettings { Data = "x", Optimizer = optimizer }).LearningRate);

    [Theory]
    [InlineData(10, 100)]
    [InlineData(1000, 96)]
    [InlineData(1_000_000, 5)]
    public void A_small_table_is_gone_through_more_often(long examples, int epochs) => Assert.Equal(epochs, Recipes.OfTable(examples).Epochs);
}

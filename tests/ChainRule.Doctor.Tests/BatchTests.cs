using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Doctor.Tests;

/// <summary>Batches differ from each other, and nothing is said of that; what is really wrong is still seen through them.</summary>
public sealed class BatchTests
{
    private const int Steps = 400;

    private static readonly Func<Tensor, Tensor, Tensor> SquaredError = (y, t) => Loss.MeanSquaredError(y, t), Classes = (y, t) => Loss.CrossEntropy(y, t);

    [Fact]
    public void Nothing_is_said_when_a_classifier_that_has_learned_is_trained_on()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Patient patient = Patients.Classifier(4000 + seed);
            Assert.InRange(patient.Train(300).Left, 0, 0.1);
            var batches = new Batches(patient.Inputs, patient.Targets(0), 16, seed);
            AssertNothing($"fine-tuning {seed}", batches.Train(patient.Model, Classes, q => new Adam(q, 0.001), Steps));
        }
    }

    [Theory]
    [InlineData(10, 8, 0.003)]
    [InlineData(5, 1, 0.001)]
    public void Nothing_is_said_of_noise_that_nobody_can_learn(int seeds, int size, double rate)
    {
        for (int seed = 0; seed < seeds; seed++)
        {
            var key = new RandomKey(5000 + seed);
            Tensor x = Tensor.Normal([512, 3], key.Child(0)), y = x[.., 0..1] * 0.8 + Tensor.Normal([512, 1], key.Child(1));
            var model = new Sequential(new Linear(3, 16, key.Child(2)), new Tanh(), new Linear(16, 1, key.Child(3)));
            AssertNothing($"noise, batch {size}, {seed}", new Batches(x, y, size, seed).Train(model, SquaredError, q => new Adam(q, rate), Steps));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void Nothing_is_said_of_classifiers_tables_and_waves_in_small_batches(int size)
    {
        for (int seed = 0; seed < 2; seed++)
        {
            foreach (Patient patient in new[] { Patients.Classifier(6000 + seed), Patients.Tabular(6000 + seed), Patients.Regression(6000 + seed) })
                AssertNothing($"{patient.Name}, batch {size}, {seed}", new Batches(patient.Inputs, patient.Targets(0), size, seed).Train(patient.Model, patient.Loss, q => new Adam(q, 0.003), Steps));
        }
    }

    [Fact]
    public void A_rate_that_is_too_high_is_still_named_in_small_batches()
    {
        for (int seed = 0; seed < 3; seed++)
        {
            (Patient wave, Patient table) = (Patients.Regression(7000 + seed), Patients.Tabular(7000 + seed));
            AssertTooHigh($"wave {seed}", new Batches(wave.Inputs, wave.Targets(0), 8, seed).Train(wave.Model, wave.Loss, q => new Sgd(q, 5), Steps));
            AssertTooHigh($"table {seed}", new Batches(table.Inputs, table.Targets(0), 8, seed).Train(table.Model, table.Loss, q => new Adam(q, 10), Steps));
        }
    }

    [Fact]
    public void Columns_of_unlike_size_are_named_in_batches_of_one_row()
    {
        Patient patient = Patients.Tabular(8000);
        Tensor x = patient.Inputs * Tensor.From<float>([1, 1, 1, 1e4f, 1, 1]) * 1e-3f;
        Assert.Contains(new Batches(x, patient.Targets(0), 1, 0).Train(patient.Model, patient.Loss, q => new Adam(q, 0.001), Steps), finding => finding.Kind == FindingKind.UnnormalisedInputs);
    }

    [Fact]
    public void Weights_that_are_no_numbers_at_the_start_are_named_and_not_the_loss()
    {
        Patient patient = Patients.Tabular(8001).With("2.weight", weight => weight / 0f * 0f);
        Finding finding = Assert.Single(patient.Train(3).Findings);
        Assert.Equal((FindingKind.NotANumber, "2.weight"), (finding.Kind, finding.Layer));
        Assert.Contains("2.weight held NaN or infinity", finding.Evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("finite numbers", finding.Cause, StringComparison.Ordinal);
    }

    private static void AssertNothing(string name, IReadOnlyList<Finding> told) => Assert.True(told.Count == 0, $"{name}: {string.Join(" | ", told)}");

    private static void AssertTooHigh(string name, IReadOnlyList<Finding> told) =>
        Assert.True(told.Any(finding => finding.Kind == FindingKind.LearningRateTooHigh), $"{name}: {string.Join(" | ", told)}");
}

using ChainRule.Inspect;
using ChainRule.Nn;

namespace ChainRule.Doctor.Tests;

/// <summary>At which steps the doctor looks: from the sizes of things alone, so that a run can be repeated.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void The_first_looks_are_free_and_then_they_stand_farther_apart_by_one_distance()
    {
        long[] steps = Seen(new GradientDoctorOptions { FreeLooks = 20 }, sizes: [2, 4, 1], rows: 4, steps: 60_000);
        Assert.Equal([0, 1, 2, 3, .. Enumerable.Range(1, 16).Select(i => 25L * i)], steps[..20]);
        long[] distances = [.. steps[21..].Zip(steps[20..^1], (later, earlier) => later - earlier).Distinct()];
        Assert.True(Assert.Single(distances) > 500, $"{distances[0]}");
        Assert.Equal(0, distances[0] % 25);
    }

    [Fact]
    public void The_same_training_is_seen_at_the_same_steps_whatever_else_goes_on()
    {
        var options = new GradientDoctorOptions { FreeLooks = 10 };
        long[] quiet = Seen(options, sizes: [8, 16, 4], rows: 32, steps: 8000);
        // Work between the steps takes time, but none of it is the training's.
        long[] busy = Seen(options, sizes: [8, 16, 4], rows: 32, steps: 8000, between: () => GC.Collect(0));
        Assert.Equal(quiet, busy);
        Assert.True(quiet.Length > 11);
    }

    [Fact]
    public void Larger_steps_leave_room_for_more_looks_and_a_smaller_budget_for_fewer()
    {
        var options = new GradientDoctorOptions { FreeLooks = 4, Budget = 0.02 };
        long small = Distance(options, 8), large = Distance(options, 4096), strict = Distance(options with { Budget = 0.01 }, 8);
        Assert.True(large < small, $"{large} {small}");
        Assert.InRange(strict, 2 * small - 25, 2 * small);
        Assert.True(Distance(options with { Histograms = true }, 8) > small);
        // With all the time in the world they are as asked for, and never closer.
        Assert.Equal(25, Distance(options with { Budget = 1 }, 8));
        Assert.Equal(25, Distance(options with { Budget = 0.9 }, 4096));
    }

    [Fact]
    public void Where_the_number_of_steps_is_known_looks_are_spread_to_the_last()
    {
        long[] steps = Seen(new GradientDoctorOptions { FreeLooks = 4, ExpectedSteps = 60_000 }, sizes: [2, 4, 1], rows: 4, steps: 60_000);
        Assert.Equal(59_999, steps[^1]);
        // Sixty parts of a thousand steps.
        Assert.All(Enumerable.Range(0, 60), part => Assert.Contains(1000L * part, steps));
        // A short run is not looked at more often than asked for.
        Assert.Equal([0, 1, 2, 3, 25, 50, 59], Seen(new GradientDoctorOptions { ExpectedSteps = 60 }, [2, 4, 1], 4, 60));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDoctor(new Linear(2, 1), new GradientDoctorOptions { ExpectedSteps = 0 }));
    }

    [Fact]
    public void Fewer_free_looks_than_are_always_taken_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDoctor(new Linear(2, 1), new GradientDoctorOptions { FreeLooks = 3 }));

    private static long Distance(GradientDoctorOptions options, int rows)
    {
        long[] steps = Seen(options, [64, 64, 2], rows, 20_000);
        return steps[^1] - steps[^2];
    }

    // Nothing is trained: a loss and its gradients are there, and the doctor is shown them again and again.
    private static long[] Seen(GradientDoctorOptions options, int[] sizes, int rows, int steps, Action? between = null)
    {
        var model = new Sequential(new Linear(sizes[0], sizes[1], new RandomKey(1)), new Relu(), new Linear(sizes[1], sizes[2], new RandomKey(2)));
        Tensor x = Tensor.Normal([1, sizes[0]], new RandomKey(3)).Expand([rows, sizes[0]]);
        Tensor loss = model.Apply(x[..1]).Square().Mean();
        loss.Backward();
        using var doctor = new GradientDoctor(model, options with { Kept = steps });
        for (int step = 0; step < steps; step++)
        {
            doctor.Watch(loss, x);
            if (step % 100 == 0)
                between?.Invoke();
        }
        return [.. doctor.Readings.Select(reading => reading.Step)];
    }
}

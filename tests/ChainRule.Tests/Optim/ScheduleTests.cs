using ChainRule.Optim;

namespace ChainRule.Tests.Optim;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(0.25, 0.75, 0.8535533905932737622)] // (1 + √½) / 2
    [InlineData(0.5, 0.5, 0.5)]
    [InlineData(0.75, 0.25, 0.1464466094067262378)]
    [InlineData(1, 0, 0)]
    public void Schedules_at_known_points(double done, double linear, double cosine)
    {
        Assert.Equal(1, Schedule.Constant(done));
        Assert.Equal(linear, Schedule.Linear(done));
        Assert.Equal(cosine, Schedule.Cosine(done), 1e-16);
    }

    [Fact]
    public void A_warm_up_rises_in_a_line_and_then_runs_the_other_schedule_from_its_beginning_to_its_end()
    {
        Func<double, double> schedule = Schedule.WarmUp(0.25, Schedule.Linear);
        Assert.Equal([0, 0.25, 0.5, 1, 0.5, 0], new[] { 0, 0.0625, 0.125, 0.25, 0.625, 1 }.Select(schedule));
        Assert.Equal(1, Schedule.WarmUp(0.1, Schedule.Constant)(1));
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Nothing_is_done_before_the_beginning_or_after_the_end(double done)
    {
        Func<double, double>[] schedules = [Schedule.Constant, Schedule.Linear, Schedule.Cosine, Schedule.WarmUp(0.5, Schedule.Linear), Schedule.WarmUp(0.5, _ => 1)];
        Assert.All(schedules, schedule => Assert.Throws<ArgumentOutOfRangeException>(() => schedule(done)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void A_warm_up_takes_a_part_of_the_training_and_leaves_another(double share)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.WarmUp(share, Schedule.Constant));
        Assert.Throws<ArgumentNullException>(() => Schedule.WarmUp(0.5, null!));
    }
}

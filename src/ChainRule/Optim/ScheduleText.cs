using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ChainRule.Optim;

/// <summary>What a schedule is made of, as text: two schedules of the same text give the same rates.</summary>
internal static class ScheduleText
{
    // So that a long training does not ask for every rate that it has had.
    private const long MostRates = 1000;

    /// <summary>The kind and the numbers, then those of the schedules that it is made of; of a schedule that is code, the kind alone.</summary>
    public static string Of(LearningRateSchedule schedule)
    {
        var parts = new List<string>();
        var open = new Stack<LearningRateSchedule>([schedule]);
        while (open.TryPop(out LearningRateSchedule? next))
        {
            parts.Add(OfOne(next));
            foreach (LearningRateSchedule part in PartsOf(next).Reverse())
                open.Push(part);
        }
        return string.Join(", ", parts);
    }

    /// <summary>The digest of the rates from step 0 to so many steps, the first thousand at most: tells schedules apart that are code.</summary>
    public static string Rates(LearningRateSchedule schedule, double initial, long done)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bits = stackalloc byte[sizeof(double)];
        for (long step = 0; step <= Math.Min(done, MostRates); step++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bits, schedule.Rate(step, initial));
            hash.AppendData(bits);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IReadOnlyList<LearningRateSchedule> PartsOf(LearningRateSchedule schedule) => schedule switch
    {
        ChainedSchedule x => x.Schedules,
        SequentialSchedule x => x.Schedules,
        _ => [],
    };

    private static string OfOne(LearningRateSchedule schedule) => schedule switch
    {
        ChainedSchedule x => $"ChainedSchedule(of {Text(x.Schedules.Count)})",
        SequentialSchedule x => $"SequentialSchedule(of {Text(x.Schedules.Count)}, milestones {Text(x.Milestones)})",
        StepDecay x => $"StepDecay(every {Text(x.Every)}, factor {Text(x.Factor)})",
        MultiStepDecay x => $"MultiStepDecay(milestones {Text(x.Milestones)}, factor {Text(x.Factor)})",
        ExponentialDecay x => $"ExponentialDecay(factor {Text(x.Factor)})",
        PolynomialDecay x => $"PolynomialDecay(steps {Text(x.Steps)}, power {Text(x.Power)})",
        CosineAnnealing x => $"CosineAnnealing(steps {Text(x.Steps)}, least {Text(x.Least)})",
        CosineWarmRestarts x => $"CosineWarmRestarts(period {Text(x.Period)}, growth {Text(x.Growth)}, least {Text(x.Least)})",
        LinearWarmUp x => $"LinearWarmUp(steps {Text(x.Steps)}, start {Text(x.Start)})",
        OneCycle x => $"OneCycle(steps {Text(x.Steps)}, rising {Text(x.Rising)}, start divisor {Text(x.StartDivisor)}, end divisor {Text(x.EndDivisor)})",
        _ => schedule.GetType().Name,
    };

    private static string Text(double number) => OptimizerState.Text(number);

    private static string Text(IEnumerable<long> numbers) => string.Join(" ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

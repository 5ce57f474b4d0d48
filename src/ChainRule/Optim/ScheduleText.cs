using System.Buffers.Binary;
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
            foreach (LearningRateSchedule part in next.Parts.Reverse())
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

    private static string OfOne(LearningRateSchedule schedule) =>
        schedule.Numbers.Length == 0 ? schedule.GetType().Name : $"{schedule.GetType().Name}({schedule.Numbers})";
}

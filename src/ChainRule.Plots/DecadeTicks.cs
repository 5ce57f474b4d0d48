using System.Globalization;
using ScottPlot.TickGenerators;

namespace ChainRule.Plots;

/// <summary>Ticks of a logarithmic axis: labels at 1, 10, 100, with 2 and 5 between where there is room, and fine ticks at the rest.</summary>
internal static class DecadeTicks
{
    private const double DecadesWithoutRoomBetween = 2.5;
    private const int LabelsAtMost = 10;

    /// <summary>The ticks between two powers of ten.</summary>
    public static NumericManual Between(double low, double high)
    {
        var ticks = new NumericManual();
        bool hasRoom = high - low <= DecadesWithoutRoomBetween;
        int stride = Math.Max(1, (int)Math.Ceiling((high - low) / LabelsAtMost));
        for (int decade = (int)Math.Floor(low); decade <= Math.Ceiling(high); decade++)
        {
            for (int digit = 1; digit < 10; digit++)
            {
                double place = decade + Math.Log10(digit);
                if (place < low || place > high) continue;
                if (digit == 1 ? decade % stride == 0 : hasRoom && digit is 2 or 5)
                    ticks.AddMajor(place, Label(digit, decade));
                else if (stride == 1)
                    ticks.AddMinor(place);
            }
        }
        return ticks;
    }

    private static string Label(int digit, int decade) => decade is >= -5 and <= 5
        ? ((decimal)digit * Power(decade)).ToString("0.#####", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{digit}e{decade}");

    private static decimal Power(int decade)
    {
        decimal power = 1;
        for (int i = 0; i < Math.Abs(decade); i++)
            power = decade > 0 ? power * 10 : power / 10;
        return power;
    }
}

using ChainRule.Kernels;
using static ChainRule.Tests.Laws.OpCase;

namespace ChainRule.Tests.Laws;

internal static partial class OpCases
{
    private static WindowReference Uneven => new([2, 2], [1, 2], [1, 0], [1, 2]);

    private static IEnumerable<OpCase> Windows => [.. Convolutions, .. Pools, .. Resizings];

    private static IEnumerable<OpCase> Convolutions =>
    [
        Of<ConvOp>(
            new(x => x[0].Conv1d(x[1], x[2], stride: 2, padding: 1), x => WindowReference.Of(3, 2, 1).Conv(x[0], x[1], x[2]), Operand.Of([2, 2, 5]), Operand.Of([2, 2, 3]), Operand.Of([2])),
            new(x => x[0].Conv2d(x[1], null, stride: [1, 2], padding: [1, 0], dilation: [1, 2], groups: 2), x => Uneven.Conv(x[0], x[1], null, 2), Operand.Of([1, 2, 2, 4]), Operand.Of([4, 1, 2, 2])),
            new(x => x[0].Conv3d(x[1], padding: [0, 1, 0]), x => new WindowReference([2, 2, 1], [1, 1, 1], [0, 1, 0], [1, 1, 1]).Conv(x[0], x[1]), Operand.Of([1, 2, 2, 2, 2]), Operand.Of([1, 2, 2, 2, 1])),
            new(x => x[0].Conv2d(x[1]), x => WindowReference.Of(1, rank: 2).Conv(x[0], x[1]), Operand.Of([2, 3, 2, 1]), Operand.Of([2, 3, 1, 1])),
            new(x => x[0].Conv1d(x[1]), x => new([1, 3], WindowReference.Of(2).Conv(new([1, 2, 4], x[0].Values), x[1]).Values), Operand.Of([2, 4]), Operand.Of([1, 2, 2])),
            new(x => x[0].Conv1d(x[1], padding: 2), x => WindowReference.Of(2, 1, 2).Conv(x[0], x[1]), Operand.Of([1, 1, 1]), Operand.Of([1, 1, 2])),
            new(x => x[0].Conv1d(x[1]), _ => Grid.Of([0, 1, 2], _ => 0), Operand.Of([0, 2, 3]), Operand.Of([1, 2, 2])),
            new(x => x[0].Conv1d(x[1]), _ => Grid.Of([2, 1, 2], _ => 0), Operand.Of([2, 0, 3]), Operand.Of([1, 0, 2]))) with { Large = [[6, 16, 3000], [32, 16, 3], [32]] },
        Of<ConvTransposeOp>(
            new(x => x[0].ConvTranspose1d(x[1], x[2], stride: 2, padding: 1, outputPadding: 1), x => WindowReference.Of(3, 2, 1).ConvTranspose(x[0], x[1], [6], x[2]), Operand.Of([2, 2, 3]), Operand.Of([2, 1, 3]), Operand.Of([1])),
            new(x => x[0].ConvTranspose2d(x[1], null, stride: [1, 2], padding: [1, 0], groups: 2, dilation: [1, 2]), x => Uneven.ConvTranspose(x[0], x[1], [1, 5], null, 2), Operand.Of([1, 2, 2, 2]), Operand.Of([2, 2, 2, 2])),
            new(x => x[0].ConvTranspose3d(x[1]), x => WindowReference.Of(2, rank: 3).ConvTranspose(x[0], x[1], [2, 3, 2]), Operand.Of([1, 1, 1, 2, 1]), Operand.Of([1, 2, 2, 2, 2])),
            new(x => x[0].ConvTranspose1d(x[1]), x => new([2, 4], WindowReference.Of(2).ConvTranspose(new([1, 1, 3], x[0].Values), x[1], [4]).Values), Operand.Of([1, 3]), Operand.Of([1, 2, 2])),
            new(x => x[0].ConvTranspose1d(x[1]), _ => Grid.Of([0, 1, 4], _ => 0), Operand.Of([0, 2, 3]), Operand.Of([2, 1, 2]))) with { Large = [[6, 32, 1500], [32, 16, 3], [16]] },
        Of<ConvWeightOp>(
            ByWeight(WindowReference.Of(3, 2, 1), 1, [2, 2, 5], [2, 2, 3]),
            ByWeight(Uneven, 2, [2, 2, 2, 4], [2, 2, 3, 1]),
            ByWeight(WindowReference.Of(1, rank: 2), 1, [2, 3, 1, 2], [2, 1, 1, 2]),
            ByWeight(WindowReference.Of(2), 1, [0, 2, 3], [0, 1, 2])) with { Large = [[6, 33, 2999], [6, 16, 1500]] },
    ];

    private static IEnumerable<OpCase> Pools =>
    [
        Of<MaxPoolOp>(
            On([2, 2, 7], x => x.MaxPool1d(2), x => WindowReference.Of(2, 2).Pool(x, Largest(x))),
            On([1, 2, 4, 5], x => x.MaxPool2d(3, stride: 2, padding: 1), x => WindowReference.Of(3, 2, 1, rank: 2).Pool(x, Largest(x))),
            On([2, 5, 6], x => x.MaxPool2d([2, 3], stride: 1, dilation: [3, 2]), x => new WindowReference([2, 3], [1, 1], [0, 0], [3, 2]).Pool(x, Largest(x))),
            On([2, 8], x => x.MaxPool1d(3, padding: 1, ceilMode: true), x => WindowReference.Of(3, 3, 1).Pool(x, Largest(x), ceil: true)),
            On([0, 1, 4], x => x.MaxPool1d(2), _ => Grid.Of([0, 1, 2], _ => 0))) with { Large = [[8, 4, 5001]] },
        Of<MaxPoolPickOp>(
            new(x => Picked(x[0], x[1]), x => WindowReference.Of(2, 1, 1).Pool(x[1], places => Chosen(x[1], places).Average(place => x[0][place])), Operand.Of([2, 1, 5]), Operand.Of([2, 1, 5])),
            new(x => Picked(x[0], x[1]), _ => Grid.Of([0, 1, 5], _ => 0), Operand.Of([0, 1, 4]), Operand.Of([0, 1, 4]))) with { Large = [[8, 4, 5001], [8, 4, 5001]] },
        Of<MaxPoolSpreadOp>(
            new(x => Spread(x[0], x[1]), x => MaxSpread(x[0], x[1]), Operand.Of([2, 1, 6]), Operand.Of([2, 1, 5])),
            new(x => Spread(x[0], x[1]), _ => Grid.Of([0, 1, 4], _ => 0), Operand.Of([0, 1, 5]), Operand.Of([0, 1, 4]))) with { Large = [[8, 4, 5002], [8, 4, 5001]] },
        Of<AvgPoolOp>(
            On([2, 2, 7], x => x.AvgPool1d(3, stride: 2), x => WindowReference.Of(3, 2).Pool(x, places => places.Average(place => x[place]))),
            On([1, 2, 4, 5], x => x.AvgPool2d(3, stride: 2, padding: 1), x => WindowReference.Of(3, 2, 1, rank: 2).Pool(x, places => places.Sum(place => x[place]) / 9)),
            On([1, 2, 4, 5], x => x.AvgPool2d(3, stride: 2, padding: 1, countIncludePad: false), x => WindowReference.Of(3, 2, 1, rank: 2).Pool(x, places => places.Average(place => x[place]))),
            // The last window reaches one beyond the padding, which does not count.
            On([1, 6], x => x.AvgPool1d(3, padding: 1, ceilMode: true), x => Grid.Of([1, 3], i => i[1] switch { 0 => (x[0, 0] + x[0, 1]) / 3, 1 => (x[0, 2] + x[0, 3] + x[0, 4]) / 3, _ => x[0, 5] / 2 })),
            On([0, 1, 4], x => x.AvgPool1d(2), _ => Grid.Of([0, 1, 2], _ => 0))) with { Large = [[8, 4, 5001]] },
        Of<AvgPoolSpreadOp>(
            On([2, 1, 3], x => new AvgPoolSpreadOp(Pair, true).Apply(x), x => Grid.Of([2, 1, 3], i => (x[i] + (i[2] < 2 ? x[i[0], 0, i[2] + 1] : 0)) / 2)),
            On([0, 1, 3], x => new AvgPoolSpreadOp(Pair, true).Apply(x), x => x)),
        new("AdaptivePool", null,
            On([2, 1, 7], x => x.AdaptiveAvgPool1d(3), x => Adaptive(x, [3], v => v.Average())),
            On([1, 2, 5, 3], x => x.AdaptiveAvgPool2d([2, 3]), x => Adaptive(x, [2, 3], v => v.Average())),
            On([2, 1, 7], x => x.AdaptiveMaxPool1d(3), x => Adaptive(x, [3], v => v.Max())),
            On([2, 5, 3], x => x.AdaptiveMaxPool2d([4, 2]), x => Adaptive(x, [4, 2], v => v.Max())),
            On([1, 2, 2], x => x.AdaptiveMaxPool1d(5), x => Adaptive(x, [5], v => v.Max())),
            On([2, 2, 3, 2], x => x.GlobalAvgPool(), x => x.Reduce([2, 3], false, Enumerable.Average)),
            On([2, 2, 3], x => x.GlobalMaxPool(), x => x.Reduce([2], false, Enumerable.Max)),
            On([0, 2, 3], x => x.AdaptiveAvgPool1d(2), _ => Grid.Of([0, 2, 2], _ => 0))) { Large = [[8, 4, 5001]] },
    ];

    private static IEnumerable<OpCase> Resizings =>
    [
        Of<UnfoldOp>(
            On([2, 2, 3, 3], x => x.Unfold(2), x => Unfolded(x, WindowReference.Of(2, rank: 2))),
            On([1, 1, 3, 4], x => x.Unfold([2, 2], dilation: [1, 2], padding: [1, 0], stride: [1, 2]), x => Unfolded(x, Uneven)),
            On([0, 1, 2, 2], x => x.Unfold(2), _ => Grid.Of([0, 4, 1], _ => 0))) with { Large = [[4, 3, 90, 90]] },
        Of<FoldOp>(
            On([2, 4, 4], x => x.Fold(3, 2), x => Folded(x, WindowReference.Of(2, rank: 2), [3, 3])),
            On([1, 8, 4], x => x.Fold([3, 4], [2, 2], dilation: [1, 2], padding: [1, 0], stride: [1, 2]), x => Folded(x, Uneven, [3, 4])),
            On([0, 4, 1], x => x.Fold(2, 2), _ => Grid.Of([0, 1, 2, 2], _ => 0))),
        new("PadMode", null,
            On([2, 4], x => x.Pad(1, 3, 2, PaddingMode.Reflect), x => Grid.Of([2, 9], i => x[i[0], new long[] { 3, 2, 1, 0, 1, 2, 3, 2, 1 }[i[1]]])),
            On([2, 3], x => x.Pad(-1, 2, 4, PaddingMode.Replicate), x => Grid.Of([2, 9], i => x[i[0], Math.Clamp(i[1] - 2, 0, 2)])),
            On([3, 2], x => x.Pad(0, 2, 3, PaddingMode.Circular), x => Grid.Of([8, 2], i => x[(i[0] + 1) % 3, i[1]])),
            On([0, 2], x => x.Pad(1, 1, 0, PaddingMode.Replicate), _ => Grid.Of([0, 3], _ => 0))),
        new("Interpolate", null,
            On([2, 1, 3], x => x.Interpolate(7), x => Grid.Of([2, 1, 7], i => x[i[0], 0, i[2] * 3 / 7])),
            On([1, 2, 2, 3], x => x.Interpolate([3, 5], InterpolationMode.Linear), x => Between(x, [3, 5], (i, old, size) => Math.Max((i + 0.5) * old / size - 0.5, 0))),
            On([1, 2, 2, 3], x => x.Interpolate([5, 2], InterpolationMode.Linear, alignCorners: true), x => Between(x, [5, 2], (i, old, size) => (double)i * (old - 1) / (size - 1))),
            On([0, 1, 2], x => x.Interpolate(4, InterpolationMode.Linear), _ => Grid.Of([0, 1, 4], _ => 0))),
        new("PixelShuffle", null,
            On([2, 4, 1, 2], x => x.PixelShuffle(2), x => Grid.Of([2, 1, 2, 4], i => x[i[0], i[2] % 2 * 2 + i[3] % 2, i[2] / 2, i[3] / 2])),
            On([1, 2, 2, 4], x => x.PixelUnshuffle(2), x => Grid.Of([1, 8, 1, 2], i => x[i[0], i[1] / 4, i[1] / 2 % 2, i[3] * 2 + i[1] % 2])),
            On([9, 2, 1], x => x.PixelShuffle(3), x => Grid.Of([1, 6, 3], i => x[i[1] % 3 * 3 + i[2] % 3, i[1] / 3, i[2] / 3])),
            On([0, 4, 1, 1], x => x.PixelShuffle(2), _ => Grid.Of([0, 1, 2, 2], _ => 0))),
    ];

    // Windows of two elements, one place of padding: [n] has n + 1 of them.
    private static WindowGrid Pair => PairOver(3) with { Width = new(3, 2, 1, 1, 1, 3) };

    private static WindowGrid PairOver(long size) => Sliding.Over("Test", Shape.Create([size]), [2], 1, 1, 1);

    private static Tensor Picked(Tensor t, Tensor x) => new MaxPoolPickOp(PairOver(x.Shape[^1])).Apply(t, x);

    private static Tensor Spread(Tensor c, Tensor x) => new MaxPoolSpreadOp(PairOver(x.Shape[^1])).Apply(c, x);

    private static Variant ByWeight(WindowReference windows, long groups, Shape input, Shape output)
    {
        WindowGrid On(Tensor x, Tensor y) => WindowGrid.Over([.. Enumerable.Range(0, windows.Rank).Select(a =>
            new WindowAxis(x.Shape[a + 2], windows.Kernel[a], windows.Stride[a], windows.Padding[a], windows.Dilation[a], y.Shape[a + 2]))]);
        return new(x => new ConvWeightOp(On(x[0], x[1]), groups).Apply(x[0], x[1]), x => windows.ConvWeight(x[0], x[1], groups), Operand.Of(input), Operand.Of(output));
    }

    private static Func<long[][], double> Largest(Grid x) => places => places.Max(place => x[place]);

    private static IEnumerable<long[]> Chosen(Grid x, long[][] places) => places.Where(place => x[place] == places.Max(other => x[other]));

    private static Grid MaxSpread(Grid c, Grid x)
    {
        Grid y = x.Map(_ => 0);
        long window = 0;
        WindowReference.Of(2, 1, 1).Pool(x, places =>
        {
            long[][] chosen = [.. Chosen(x, places)];
            foreach (long[] place in chosen)
                y.Add(place, c.Values[window] / chosen.Length);
            return window++;
        });
        return y;
    }

    private static Grid Adaptive(Grid x, long[] sizes, Func<double[], double> value)
    {
        int kept = x.Rank - sizes.Length;
        return Grid.Of([.. x.Sizes[..kept], .. sizes], i =>
        {
            long[] starts = [.. sizes.Select((size, a) => i[kept + a] * x.Sizes[kept + a] / size)];
            long[] ends = [.. sizes.Select((size, a) => ((i[kept + a] + 1) * x.Sizes[kept + a] + size - 1) / size)];
            long[] lengths = [.. ends.Zip(starts, (end, start) => end - start)];
            return value([.. WindowReference.Places(lengths).Select(k => x[[.. i[..kept], .. k.Zip(starts, (a, b) => a + b)]])]);
        });
    }

    private static Grid Unfolded(Grid x, WindowReference windows)
    {
        long[][] kernel = [.. WindowReference.Places(windows.Kernel)], outputs = [.. WindowReference.Places(windows.Outputs(x.Sizes[2..]))];
        return Grid.Of([x.Sizes[0], x.Sizes[1] * kernel.Length, outputs.Length], i =>
        {
            long[] at = windows.Meets(outputs[i[2]], kernel[i[1] % kernel.Length]);
            return WindowReference.IsInside(at, x.Sizes[2..]) ? x[[i[0], i[1] / kernel.Length, .. at]] : 0;
        });
    }

    private static Grid Folded(Grid x, WindowReference windows, long[] sizes)
    {
        long[][] kernel = [.. WindowReference.Places(windows.Kernel)], outputs = [.. WindowReference.Places(windows.Outputs(sizes))];
        Grid y = Grid.Of([x.Sizes[0], x.Sizes[1] / kernel.Length, .. sizes], _ => 0);
        foreach (long[] i in WindowReference.Places(x.Sizes))
        {
            long[] at = windows.Meets(outputs[i[2]], kernel[i[1] % kernel.Length]);
            if (WindowReference.IsInside(at, sizes))
                y.Add([i[0], i[1] / kernel.Length, .. at], x[i]);
        }
        return y;
    }

    private static Grid Between(Grid x, long[] sizes, Func<long, long, long, double> place) =>
        Grid.Of([x.Sizes[0], x.Sizes[1], .. sizes], i =>
        {
            double h = place(i[2], x.Sizes[2], sizes[0]), w = place(i[3], x.Sizes[3], sizes[1]), sum = 0;
            for (long a = 0; a < x.Sizes[2]; a++)
            {
                for (long b = 0; b < x.Sizes[3]; b++)
                    sum += x[i[0], i[1], a, b] * Share(h, a, x.Sizes[2]) * Share(w, b, x.Sizes[3]);
            }
            return sum;
        });

    // The hat function around an element, whose outer side is flat at the edge.
    private static double Share(double at, long element, long size) => Math.Max(0, 1 - Math.Abs(Math.Clamp(at, 0, size - 1) - element));
}

using ChainRule.Nn;
using ChainRule.Tests.Core;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Nn;

internal static partial class BadLayerCalls
{
    private static IEnumerable<BadCall> Dropouts =>
    [
        .. Drops("Dropout", probability => new Dropout(probability)),
        .. Drops("AlphaDropout", probability => new AlphaDropout(probability)),
        .. Drops("Dropout1d", probability => new Dropout1d(probability), Vector, Image),
        .. Drops("Dropout2d", probability => new Dropout2d(probability), Tensor.Zeros([2, 3]), Volume),
        .. Drops("Dropout3d", probability => new Dropout3d(probability), Series, Volume.Unsqueeze(0)),
        .. Drops("DropPath", probability => new DropPath(probability), 1f),
    ];

    private static IEnumerable<BadCall> Drops(string layer, Func<double, Module> make, params Tensor[] inputs) =>
    [
        .. Shares(layer, "probability", make, -0.1, 1.1, double.NaN, double.PositiveInfinity),
        .. Inputs(layer, $"{layer}(0.5)", () => make(0.5), inputs),
        // A shape that does not fit is refused also where nothing would be dropped.
        .. Inputs(layer, $"{layer}(0)", () => make(0), inputs),
    ];
}

using System.Text;

namespace ChainRule.Nn;

/// <summary>What the convolution layers share: windows of weights that slide over the axes behind the channels.</summary>
public abstract class Convolution : Module
{
    private readonly int _rank;
    private readonly bool _isTransposed;

    private protected Convolution(int rank, bool isTransposed, int inputs, int outputs, ConvolutionWindow window, bool bias, RandomKey? key, DType dtype)
    {
        string layer = GetType().Name;
        Bounds.AtLeast(inputs, 1, layer, nameof(inputs));
        Bounds.AtLeast(outputs, 1, layer, nameof(outputs));
        Bounds.AtLeast(window.Groups, 1, layer, "groups");
        dtype.RequireParameter(layer);
        if (!Enum.IsDefined(window.PaddingMode))
            throw new ArgumentException($"{layer}: {window.PaddingMode} is no {nameof(PaddingMode)}.", nameof(window));
        if (inputs % window.Groups != 0 || outputs % window.Groups != 0)
            throw new ArgumentException($"{layer}: {window.Groups} groups do not divide {inputs} inputs and {outputs} outputs.", nameof(window));
        (_rank, _isTransposed, Inputs, Outputs, Window) = (rank, isTransposed, inputs, outputs, window);
        long[] sizes = window.Kernel.For(rank, 1, layer, "kernel");
        window.Stride.For(rank, 1, layer, "stride");
        window.Padding.For(rank, 0, layer, "padding");
        window.Dilation.For(rank, 1, layer, "dilation");
        window.OutputPadding.For(rank, 0, layer, "outputPadding");
        Shape shape = Shape.For(layer, [isTransposed ? inputs : outputs, (isTransposed ? outputs : inputs) / window.Groups, .. sizes]);
        double bound = 1 / Math.Sqrt(shape.ElementCount / shape[0]);
        RandomKey source = key ?? RandomKey.Next();
        Weight = new(Tensor.Uniform(shape, source.Child(0), -bound, bound, dtype));
        Bias = bias ? new(Tensor.Uniform([outputs], source.Child(1), -bound, bound, dtype)) : null;
    }

    /// <summary>Channels that go in.</summary>
    public int Inputs { get; }

    /// <summary>Channels that come out.</summary>
    public int Outputs { get; }

    /// <summary>The weights: [outputs, inputs / groups, ...], of a transposed convolution [inputs, outputs / groups, ...].</summary>
    public Parameter Weight { get; }

    /// <summary>One number for each output channel, or null for none.</summary>
    public Parameter? Bias { get; }

    private protected ConvolutionWindow Window { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if ((x.Rank != _rank + 2 && x.Rank != _rank + 1) || x.Shape[^(_rank + 1)] != Inputs)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [batch, {Inputs}{Axes(_rank)}], or without the batch.");
        string layer = GetType().Name;
        if (_isTransposed)
            return x.ConvTranspose(layer, _rank, Weight, Bias, Window.Stride, Window.Padding, Window.OutputPadding, Window.Groups, Window.Dilation);
        if (Window.PaddingMode == PaddingMode.Zeros)
            return x.Conv(layer, _rank, Weight, Bias, Window.Stride, Window.Padding, Window.Dilation, Window.Groups);
        Tensor padded = x.PadLast(Window.Padding.For(_rank, 0, layer, "padding"), Window.PaddingMode);
        return padded.Conv(layer, _rank, Weight, Bias, Window.Stride, 0, Window.Dilation, Window.Groups);
    }

    /// <summary>For example <c>Conv2d(3, 16, kernel 3, stride 2, padding 1)</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{GetType().Name}({Inputs}, {Outputs}, kernel {Window.Kernel}");
        foreach ((string name, PerAxis value, int usual) in (ReadOnlySpan<(string, PerAxis, int)>)
            [("stride", Window.Stride, 1), ("padding", Window.Padding, 0), ("output padding", Window.OutputPadding, 0), ("dilation", Window.Dilation, 1), ("groups", Window.Groups, 1)])
        {
            if (value.Any(number => number != usual))
                text.Append($", {name} {value}");
        }
        if (Window.PaddingMode != PaddingMode.Zeros)
            text.Append($", {Window.PaddingMode}");
        return text.Append(Bias is null ? ", no bias)" : ")").ToString();
    }

    private static string Axes(int rank) => rank switch
    {
        1 => ", length",
        2 => ", height, width",
        _ => ", depth, height, width",
    };
}

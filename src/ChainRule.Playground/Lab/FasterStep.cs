using System.Diagnostics;
using ChainRule.Optim;

namespace ChainRule.Playground.Lab;

/// <summary>
/// A training step, compiled or not: both have the same bits, and which is faster depends on the network and on what runs the page.
/// For some hundred steps both take turns, then the clock decides.
/// </summary>
public sealed class FasterStep(Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss)
{
    /// <summary>How many steps pass before it is decided. Until the last quarter the runtime still optimises.</summary>
    public const int Trial = 256;

    private const int Turn = 16, Cold = Trial * 3 / 4;
    private readonly CompiledStep _compiled = Compile.Step(optimizer, loss);
    private TimeSpan _compiledLeast = TimeSpan.MaxValue, _eagerLeast = TimeSpan.MaxValue;
    private int _steps;

    /// <summary>Whether steps are compiled from now on; null while it is not decided.</summary>
    public bool? IsCompiled { get; private set; }

    /// <summary>Makes a step.</summary>
    /// <returns>The loss before it.</returns>
    public double Run(Tensor x, Tensor y) => IsCompiled is { } isCompiled ? Run(isCompiled, x, y) : Try(x, y);

    private double Try(Tensor x, Tensor y)
    {
        bool isCompiled = _steps / Turn % 2 == 0;
        long start = Stopwatch.GetTimestamp();
        double result = Run(isCompiled, x, y);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        if (_steps >= Cold && isCompiled && time < _compiledLeast)
            _compiledLeast = time;
        else if (_steps >= Cold && !isCompiled && time < _eagerLeast)
            _eagerLeast = time;
        if (++_steps == Trial)
            IsCompiled = _compiledLeast <= _eagerLeast;
        return result;
    }

    private double Run(bool isCompiled, Tensor x, Tensor y)
    {
        if (isCompiled) return _compiled.Run(x, y);
        optimizer.ZeroGrad();
        Tensor value = loss(x, y);
        value.Backward();
        optimizer.Step();
        return value.Item<float>();
    }
}

using System.Runtime.CompilerServices;

namespace ChainRule;

/// <summary>Records functions of tensors into graphs, which are optimized, planned into one piece of memory and replayed with the same bits.</summary>
/// <remarks>
/// A function is recorded by running it, so everything in it counts: derivatives of any order, <see cref="Differentiate"/>, random
/// draws, batch statistics. What decides by values in C# (an if on an element) cannot be recorded and says so.
/// </remarks>
public static partial class Compile
{
    /// <summary>Compiles a function of one tensor.</summary>
    [OverloadResolutionPriority(2)]
    public static CompiledFunction Of(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(x => [function(Argument(x, 1)[0])]);
    }

    /// <summary>Compiles a function of two tensors.</summary>
    public static CompiledFunction Of(Func<Tensor, Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(x => [function(Argument(x, 2)[0], x[1])]);
    }

    /// <summary>Compiles a function of three tensors.</summary>
    public static CompiledFunction Of(Func<Tensor, Tensor, Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(x => [function(Argument(x, 3)[0], x[1], x[2])]);
    }

    /// <summary>Compiles a function of any number of tensors.</summary>
    public static CompiledFunction Of(Func<Tensor[], Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(x => [function(x)]);
    }

    /// <summary>Compiles a function of any number of tensors with several results.</summary>
    [OverloadResolutionPriority(1)]
    public static CompiledFunction Of(Func<Tensor[], Tensor[]> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(function);
    }

    /// <summary>Compiles a function that gives a value and a gradient, such as one of <see cref="Differentiate.ValueAndGrad(Func{Tensor, Tensor})"/>.</summary>
    public static CompiledFunction Of(Func<Tensor, (Tensor Value, Tensor Gradient)> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(x =>
        {
            (Tensor value, Tensor gradient) = function(Argument(x, 1)[0]);
            return [value, gradient];
        });
    }

    /// <summary>Compiles a function that gives a value and gradients by several tensors.</summary>
    public static CompiledFunction Of(Func<Tensor[], (Tensor Value, Tensor[] Gradients)> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(x =>
        {
            (Tensor value, Tensor[] gradients) = function(x);
            return [value, .. gradients];
        });
    }

    private static Tensor[] Argument(Tensor[] x, int count) =>
        x.Length == count ? x : throw new CompileException($"Run: the compiled function takes {count} arguments, but got {x.Length}.");
}

using System.Runtime.CompilerServices;

namespace ChainRule.Nn;

/// <summary>A function as a module: <c>new Lambda(x => x[.., ^1])</c>.</summary>
/// <remarks>Parameters and modules that the function captures are not found; keep those in a <see cref="Module"/> of your own.</remarks>
public sealed class Lambda : Module
{
    private readonly Func<Tensor, Tensor> _function;
    private readonly string _text;

    /// <summary>Makes a module of a function.</summary>
    /// <param name="function">What it does.</param>
    /// <param name="text">How it is shown; as written in the program if nothing is given.</param>
    public Lambda(Func<Tensor, Tensor> function, [CallerArgumentExpression(nameof(function))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(function);
        (_function, _text) = (function, text);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The function returned null.</exception>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return _function(x) ?? throw new InvalidOperationException($"{this}: the function returned null instead of a tensor.");
    }

    /// <summary>For example <c>Lambda(x => x[.., ^1])</c>.</summary>
    public override string ToString() => $"Lambda({_text})";
}

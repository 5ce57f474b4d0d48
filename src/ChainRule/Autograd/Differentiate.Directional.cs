using ChainRule.Autograd;

namespace ChainRule;

public static partial class Differentiate
{
    /// <summary>Forward mode: the value of a function and how fast it changes when <paramref name="x"/> moves along <paramref name="tangent"/>, J·t.</summary>
    /// <param name="function">The function, of any result.</param>
    /// <param name="x">Where.</param>
    /// <param name="tangent">The direction and speed of x, of its shape.</param>
    /// <exception cref="ShapeException">The tangent has another shape.</exception>
    /// <exception cref="DTypeException">x has no fractions.</exception>
    /// <exception cref="DifferentiationException">The result has no fractions.</exception>
    public static (Tensor Value, Tensor Tangent) Jvp(Func<Tensor, Tensor> function, Tensor x, Tensor tangent)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Jvp((Tensor[] all) => function(all[0]), [x], [tangent]);
    }

    /// <summary>Forward mode for a function of several tensors, which all move at once.</summary>
    /// <inheritdoc cref="Jvp(Func{Tensor, Tensor}, Tensor, Tensor)"/>
    public static (Tensor Value, Tensor Tangent) Jvp(Func<Tensor[], Tensor> function, Tensor[] x, Tensor[] tangent)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(tangent);
        return Pushed(function, x, tangent, "Jvp");
    }

    private static (Tensor Value, Tensor Tangent) Pushed(Func<Tensor[], Tensor> function, Tensor[] x, Tensor[] tangent, string operation)
    {
        if (x.Length != tangent.Length)
            throw new ArgumentException($"{operation}: {x.Length} arguments have {tangent.Length} tangents; there must be one for each.", nameof(tangent));
        using var level = new Dual();
        var inputs = new Tensor[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            ElementType.RequireFloating(x[i], operation, $"argument {i}");
            ArgumentNullException.ThrowIfNull(tangent[i], nameof(tangent));
            if (tangent[i].Shape != x[i].Shape)
                throw new ShapeException($"{operation}: tangent {i} has shape {tangent[i].Shape}, but argument {i} has {x[i].Shape}; they must be equal.");
            inputs[i] = level.Join(x[i], tangent[i].To(x[i].DType));
        }
        Tensor y = function(inputs);
        RequireFractions(y, operation, "what the function gave");
        return (level.Inner(y), level.Tangent(y) ?? Tensor.Zeros(y.Shape, y.DType));
    }

    /// <summary>Reverse mode: the value of a function, and a function that pulls a cotangent of the result back to x, Jᵀ·c. It can be called again and again.</summary>
    /// <exception cref="DTypeException">x has no fractions.</exception>
    /// <exception cref="DifferentiationException">The result has no fractions.</exception>
    public static (Tensor Value, Func<Tensor, Tensor> Pull) Vjp(Func<Tensor, Tensor> function, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Pulled(function, x, "Vjp");
    }

    /// <summary>Reverse mode for a function of several tensors: the pulled cotangent has one part for each.</summary>
    /// <inheritdoc cref="Vjp(Func{Tensor, Tensor}, Tensor)"/>
    public static (Tensor Value, Func<Tensor, Tensor[]> Pull) Vjp(Func<Tensor[], Tensor> function, Tensor[] x)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Pulled(function, x, "Vjp");
    }

    private static (Tensor Value, Func<Tensor, Tensor> Pull) Pulled(Func<Tensor, Tensor> function, Tensor x, string operation)
    {
        (Tensor value, Func<Tensor, Tensor[]> pull) = Pulled((Tensor[] all) => function(all[0]), [x], operation);
        return (value, cotangent => pull(cotangent)[0]);
    }

    private static (Tensor Value, Func<Tensor, Tensor[]> Pull) Pulled(Func<Tensor[], Tensor> function, Tensor[] x, string operation)
    {
        (Tensor value, Tensor[] leaves) = Record(function, x, operation);
        RequireFractions(value, operation, "what the function gave");
        bool isUnderAnother = Interpreter.IsRecording && Leaf.DependsOnOthers(value, leaves);
        return (isUnderAnother ? value : Leaf.OffTape(value), Pull);

        Tensor[] Pull(Tensor cotangent)
        {
            ArgumentNullException.ThrowIfNull(cotangent);
            bool isRecorded = Interpreter.IsRecording && (isUnderAnother || Leaf.DependsOnOthers(cotangent, []));
            return Pullback.Run(value, CheckedSeed(value, cotangent, operation), leaves, createGraph: isRecorded);
        }
    }

    /// <summary>H·v: how the gradient of a scalar function changes along <paramref name="direction"/>, by forward over reverse mode, without forming H.</summary>
    public static Tensor HessianVectorProduct(Func<Tensor, Tensor> function, Tensor x, Tensor direction) =>
        Jvp(Grad(function), x, direction).Tangent;

    /// <summary>vᵀ·H, by reverse over reverse mode; equal to H·v where the second derivatives are continuous.</summary>
    public static Tensor VectorHessianProduct(Func<Tensor, Tensor> function, Tensor x, Tensor direction) =>
        Vjp(Grad(function), x).Pull(direction);
}

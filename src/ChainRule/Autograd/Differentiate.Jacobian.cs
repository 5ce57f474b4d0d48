namespace ChainRule;

public static partial class Differentiate
{
    /// <summary>The Jacobian of a function as a function: of shape [...result, ...argument]. Takes the mode that needs fewer passes.</summary>
    /// <remarks>A result of whole numbers or truth values has no derivative: a <see cref="DifferentiationException"/> says so.</remarks>
    public static Func<Tensor, Tensor> Jacobian(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x =>
        {
            (Tensor value, Func<Tensor, Tensor> pull) = Pulled(function, x, nameof(Jacobian));
            return value.ElementCount <= x.ElementCount ? ByRows(value, pull, x) : ByColumns(function, x);
        };
    }

    /// <summary>The Jacobian by forward mode, one pass for each element of the argument, all at once as a batch.</summary>
    public static Func<Tensor, Tensor> JacobianForward(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x => ByColumns(function, x);
    }

    /// <summary>The Jacobian by reverse mode, one pass for each element of the result, all at once as a batch.</summary>
    public static Func<Tensor, Tensor> JacobianReverse(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x =>
        {
            (Tensor value, Func<Tensor, Tensor> pull) = Pulled(function, x, nameof(JacobianReverse));
            return ByRows(value, pull, x);
        };
    }

    /// <summary>The second derivatives of a scalar function as a function: of shape [...argument, ...argument], by forward over reverse mode.</summary>
    public static Func<Tensor, Tensor> Hessian(Func<Tensor, Tensor> function) => JacobianForward(Grad(function));

    private static Tensor ByRows(Tensor value, Func<Tensor, Tensor> pull, Tensor x) =>
        Vmap(pull)(Directions(value)).Reshape([.. value.Shape, .. x.Shape]);

    private static Tensor ByColumns(Func<Tensor, Tensor> function, Tensor x)
    {
        Tensor columns = Vmap(direction => Pushed(all => function(all[0]), [x], [direction], nameof(JacobianForward)).Tangent, 0, -1)(Directions(x)); // [...result, elements]
        return columns.Reshape([.. columns.Shape.Sizes[..^1], .. x.Shape.Sizes]);
    }

    // One direction for each element: [elements, ...shape].
    private static Tensor Directions(Tensor x) =>
        Tensor.Eye(x.ElementCount, dtype: x.DType).Reshape(Shape.Create([x.ElementCount, .. x.Shape.Sizes]));
}

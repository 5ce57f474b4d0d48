namespace ChainRule.Tests.Autograd;

/// <summary>A result of whole numbers or truth values moves in jumps: every derivative of it is refused by name, not given as zeros.</summary>
public sealed class WholeResultTests
{
    private static readonly Tensor At = Tensor.From([0.5, -1.5, 2.5]);

    public static TheoryData<string> Ways => ["ArgMax", "cast", "All"];

    [Theory, MemberData(nameof(Ways))]
    public void Reverse_and_forward_mode_name_themselves_and_the_type(string way)
    {
        Func<Tensor, Tensor> function = Function(way);
        string type = way == "All" ? "bool" : "int64";
        Refused("Grad", type, () => Differentiate.Grad(function)(At));
        Refused("Grad", type, () => Differentiate.Grad((Tensor[] x) => function(x[0]))([At]));
        Refused("Grad", type, () => Differentiate.ValueAndGrad(function)(At).Gradient);
        Refused("Grad", type, () => Differentiate.Hessian(function)(At));
        Refused("Vjp", type, () => Differentiate.Vjp(function, At).Value);
        Refused("Jvp", type, () => Differentiate.Jvp(function, At, At).Tangent);
        Refused("Jacobian", type, () => Differentiate.Jacobian(function)(At));
        Refused("JacobianReverse", type, () => Differentiate.JacobianReverse(function)(At));
        Refused("JacobianForward", type, () => Differentiate.JacobianForward(function)(At));
        Tensor leaf = At.Clone().RequiresGrad();
        Refused("Gradients", type, () => Differentiate.Gradients(function(leaf), [leaf]));
    }

    [Fact]
    public void A_result_of_several_whole_numbers_is_refused_too()
    {
        Func<Tensor, Tensor> function = x => x.To(DType.Int64);
        Refused("JacobianReverse", "int64[3]", () => Differentiate.JacobianReverse(function)(At));
        Refused("Vjp", "int64[3]", () => Differentiate.Vjp(function, At).Value);
        Refused("Grad", "int64[3]", () => Differentiate.Vmap(Differentiate.Grad(function))(At.Reshape(1, 3)));
    }

    [Fact]
    public void A_constant_with_fractions_keeps_its_derivative_of_0()
    {
        Func<Tensor, Tensor> function = x => x.To(DType.Int64).Sum().To(DType.Float64);
        Assert.Equal([0.0, 0, 0], Differentiate.Grad(function)(At).ToArray<double>());
        Assert.Equal(0, Differentiate.Jvp(function, At, At).Tangent.Item<double>());
    }

    [Fact]
    public void A_wrong_axis_of_the_result_is_told_of_by_Vmap()
    {
        string message = Assert.Throws<ShapeException>(() => Differentiate.Vmap(x => x * 2, outAxis: 3)(Tensor.Ones([2, 3]))).Message;
        Assert.StartsWith("Vmap: axis 3 does not exist in shape [2, 3]", message, StringComparison.Ordinal);
    }

    private static Func<Tensor, Tensor> Function(string way) => way switch
    {
        "ArgMax" => x => x.ArgMax(),
        "cast" => x => x.To(DType.Int64).Sum(),
        _ => x => (x > 0).All(),
    };

    private static void Refused(string operation, string type, Func<object> derive)
    {
        string message = Assert.Throws<DifferentiationException>(derive).Message;
        Assert.StartsWith(operation + ": ", message, StringComparison.Ordinal);
        Assert.Contains($" is {type}", message, StringComparison.Ordinal);
        Assert.Contains(".To(DType.Float32)", message, StringComparison.Ordinal);
    }
}

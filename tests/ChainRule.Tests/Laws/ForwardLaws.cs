using ChainRule.Autograd;

namespace ChainRule.Tests.Laws;

/// <summary>What every operation promises of forward mode: it agrees with reverse mode, also nested in it.</summary>
public sealed class ForwardLaws
{
    private const double Ulp = 2.220446049250313e-16;

    public static TheoryData<string> Smooth => [.. OpCases.All.Where(row => row.Order > 0).Select(row => row.Name)];

    public static TheoryData<string> Twice => [.. OpCases.All.Where(row => row.Order > 1).Select(row => row.Name)];

    public static TheoryData<string> WithoutDerivative => [.. OpCases.All.Where(row => row.Order == 0).Select(row => row.Name)];

    [Theory, MemberData(nameof(Smooth))]
    public void Forward_and_reverse_are_adjoint(string name)
    {
        // <u, J t> = <Jᵀ u, t>: no finite differences, so the tolerance is a few units in the last place of the terms.
        int checks = 0;
        foreach ((Variant variant, Tensor[] x) in Samples(name))
        {
            Func<Tensor[], Tensor> function = v => variant.Function(With(variant, x, v));
            Tensor[] inputs = Inputs(variant, x), tangents = [.. inputs.Select((input, i) => Weights(input.Shape, 60 + i))];
            (Tensor value, Tensor push) = Differentiate.Jvp(function, inputs, tangents);
            Tensor cotangent = Weights(value.Shape, 70);
            Tensor[] pull = Differentiate.Vjp(function, inputs).Pull(cotangent);
            double[] left = Terms(cotangent, push), right = [.. pull.SelectMany((part, i) => Terms(part, tangents[i]))];
            double scale = left.Concat(right).Sum(Math.Abs);
            Assert.True(Math.Abs(left.Sum() - right.Sum()) <= 8 * Ulp * scale, $"{name}: <u, Jt> = {left.Sum():R}, <Jᵀu, t> = {right.Sum():R}");
            Compare.SameBits(variant.Function(x), value, name);
            checks++;
        }
        Assert.True(checks > 0);
    }

    [Theory, MemberData(nameof(Smooth))]
    public void The_transpose_of_the_reverse_rule_is_the_forward_rule(string name)
    {
        foreach ((Variant variant, Tensor[] x) in Samples(name))
        {
            Func<Tensor[], Tensor> function = v => variant.Function(With(variant, x, v));
            Tensor[] inputs = Inputs(variant, x), tangents = [.. inputs.Select((input, i) => Weights(input.Shape, 80 + i))];
            double[] push = Differentiate.Jvp(function, inputs, tangents).Tangent.ToArray<double>();
            Tensor cotangent = Tensor.Zeros(variant.Function(x).Shape, DType.Float64);
            Tensor transposed = Differentiate.Grad(u =>
                Differentiate.Vjp(function, inputs).Pull(u).Select((part, i) => (part * tangents[i]).Sum()).Aggregate((a, b) => a + b))(cotangent);
            double scale = push.Append(1).Max(Math.Abs);
            Compare.Close(push, transposed.ToArray<double>(), 1e-12, 1e-13 * scale, name);
        }
    }

    [Theory, MemberData(nameof(Smooth))]
    public void An_operation_without_a_forward_rule_would_get_the_same_one(string name)
    {
        int checks = 0;
        foreach ((Variant variant, Tensor[] x) in Samples(name))
        {
            foreach (Application call in Application.During(() => variant.Function(x)))
            {
                if (!call.Op.IsDifferentiable || !call.Result.DType.IsFloating() || !Array.Exists(call.Operands, operand => operand.DType.IsFloating())) continue;
                using var level = new Dual();
                var forward = new DualCall(level, call.Op, call.Operands, call.Result);
                Tensor?[] tangents = [.. call.Operands.Select((operand, i) => operand.DType.IsFloating() ? Weights(operand.Shape, 110 + i).To(operand.DType) : null)];
                if (call.Op is LinearOp) tangents = [.. tangents.Select((tangent, i) => i == 0 ? tangent : null)];
                if (tangents.All(tangent => tangent is null)) continue; // a cast of truth values
                double[] stated = call.Op.Jvp(forward, tangents)!.ToArray<double>(), transposed = forward.TransposedVjp(tangents)!.ToArray<double>();
                Compare.Close(stated, transposed, 1e-12, 1e-13 * stated.Append(1).Max(Math.Abs), call.Op.Name);
                checks++;
            }
        }
        Assert.True(checks > 0);
    }

    [Theory, MemberData(nameof(Twice))]
    public void The_four_ways_to_a_second_derivative_agree(string name)
    {
        foreach ((Variant variant, Tensor[] x) in Samples(name))
        {
            int operand = variant.Differentiable[0];
            Func<Tensor, Tensor> function = v => Projected(variant.Function([.. x.Select((other, i) => i == operand ? v : other)]));
            Tensor at = x[operand], direction = Weights(at.Shape, 90);
            double[] expected = Differentiate.VectorHessianProduct(function, at, direction).ToArray<double>();
            double scale = expected.Append(1e-3).Max(Math.Abs);
            void Agree(Tensor actual, string way) => Compare.Close(expected, actual.ToArray<double>(), 1e-11, 1e-12 * scale, $"{name}, {way}");

            Agree(Differentiate.HessianVectorProduct(function, at, direction), "forward over reverse");
            Agree(Differentiate.Grad(v => Differentiate.Jvp(function, v, direction).Tangent)(at), "reverse over forward");
            Func<Tensor, Tensor> slope = v => Differentiate.Jvp(function, v, direction).Tangent;
            double twice = Differentiate.Jvp(slope, at, direction).Tangent.Item<double>();
            double once = Terms(Tensor.From(expected, at.Shape), direction).Sum();
            Assert.True(Math.Abs(twice - once) <= 1e-11 * Math.Max(scale, Math.Abs(once)), $"{name}, forward over forward: {twice:R}, not {once:R}");
        }
    }

    [Theory, MemberData(nameof(WithoutDerivative))]
    public void No_tangent_passes_where_the_derivative_is_zero_and_whole_numbers_have_none(string name)
    {
        foreach ((Variant variant, Tensor[] x) in Samples(name))
        {
            Tensor[] inputs = Inputs(variant, x);
            if (inputs.Length == 0) continue;
            Func<Tensor> tangent = () => Differentiate.Jvp(v => variant.Function(With(variant, x, v)), inputs, inputs).Tangent;
            if (variant.Function(x).DType.IsFloating())
                Assert.All(tangent().ToArray<double>(), value => Assert.Equal(0, value));
            else
                Assert.StartsWith("Jvp: ", Assert.Throws<DifferentiationException>(tangent).Message, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<(Variant Variant, Tensor[] X)> Samples(string name) =>
        OpCases.Named(name).Variants.Select((variant, at) => (variant, variant.Sample(new RandomKey(at + 10))));

    private static Tensor[] Inputs(Variant variant, Tensor[] x) => [.. variant.Differentiable.Select(i => x[i])];

    private static Tensor[] With(Variant variant, Tensor[] x, Tensor[] inputs)
    {
        Tensor[] all = [.. x];
        for (int i = 0; i < inputs.Length; i++)
            all[variant.Differentiable[i]] = inputs[i];
        return all;
    }

    private static double[] Terms(Tensor a, Tensor b) => [.. a.ToArray<double>().Zip(b.ToArray<double>(), (left, right) => left * right)];

    private static Tensor Projected(Tensor y) => (y * Weights(y.Shape, 100)).Sum();

    private static Tensor Weights(Shape shape, long seed) => Tensor.Uniform(shape, new RandomKey(seed), 0.5, 1.5, DType.Float64);
}

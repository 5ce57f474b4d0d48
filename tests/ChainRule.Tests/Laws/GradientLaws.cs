using ChainRule.Autograd;

namespace ChainRule.Tests.Laws;

/// <summary>What every operation promises of its derivatives.</summary>
public sealed class GradientLaws
{
    public static TheoryData<string> Smooth => [.. OpCases.All.Where(row => row.Order > 0).Select(row => row.Name)];

    public static TheoryData<string> WithoutDerivative => [.. OpCases.All.Where(row => row.Order == 0).Select(row => row.Name)];

    [Theory, MemberData(nameof(Smooth))]
    public void The_Jacobian_is_that_of_extrapolated_differences(string name)
    {
        foreach ((Variant variant, int at) in OpCases.Named(name).Variants.Select((variant, at) => (variant, at)))
        {
            Tensor[] x = variant.Sample(new RandomKey(at + 10));
            int outputs = (int)variant.Function(x).ElementCount;
            foreach (int operand in variant.Differentiable)
            {
                double[][] rows = [.. Enumerable.Range(0, outputs).Select(output => Row(variant, x, operand, output))];
                for (int element = 0; element < x[operand].ElementCount; element++)
                    Compare.Close(Column(variant, x, operand, element, outputs), [.. rows.Select(row => row[element])], Compare.RelativeOfSlope, Compare.AbsoluteOfSlope, $"{name}, variant {at}, d/dx{operand}[{element}]");
            }
        }
    }

    [Theory, MemberData(nameof(Smooth))]
    public void Higher_derivatives_are_those_of_extrapolated_differences(string name)
    {
        OpCase row = OpCases.Named(name);
        int checks = 0;
        foreach (Variant variant in row.Variants)
        {
            Tensor[] x = variant.Sample(new RandomKey(20));
            Func<Tensor[], Tensor> function = v => Projected(variant.Function(With(x, variant, v)), 100);
            for (int order = 2; order <= row.Order; order++)
            {
                Func<Tensor[], Tensor> lower = function;
                int weights = order * 1000;
                function = v => Differentiate.Grad(lower)(v).Select((gradient, i) => Projected(gradient, weights + i)).Aggregate((a, b) => a + b);
                checks += CheckGradient(function, variant, x, $"{name}, order {order}");
            }
        }
        Assert.True(checks > 0 || row.Order < 2);
    }

    [Theory, MemberData(nameof(Smooth))]
    public void The_gradient_in_float32_is_near_that_in_float64(string name)
    {
        foreach ((Variant variant, int at) in OpCases.Named(name).Variants.Select((variant, at) => (variant, at)))
        {
            Tensor[] single = variant.Sample(new RandomKey(30), DType.Float32);
            Tensor[] twice = Array.ConvertAll(single, x => x.DType.IsFloating() ? x.To(DType.Float64) : x);
            Tensor seed = Weights(variant.Function(single).Shape, 31, DType.Float32);
            Tensor[] expected = Gradients(variant, twice, seed.To(DType.Float64)), actual = Gradients(variant, single, seed);
            for (int i = 0; i < actual.Length; i++)
            {
                // The rounding of a sum is relative to its terms, not to what is left of them.
                double scale = expected[i].ToArray<double>().Append(1e-3).Max(Math.Abs);
                Compare.Close(expected[i].ToArray<double>(), actual[i].ToArray<double>(), 1e-5, 1e-5 * scale, $"{name}, variant {at}, input {i}");
            }
        }
    }

    [Theory, MemberData(nameof(Smooth))]
    public void What_is_kept_is_what_the_derivative_reads(string name)
    {
        OpCase row = OpCases.Named(name);
        int checks = 0;
        foreach (Variant variant in row.Variants)
        {
            Tensor[] x = variant.Sample(new RandomKey(40));
            foreach (Application call in Application.During(() => variant.Function(x)))
            {
                if (!call.Op.IsDifferentiable || !call.Result.DType.IsFloating()) continue;
                var strict = new StrictCall(call);
                for (int i = 0; i < call.Operands.Length; i++)
                {
                    if (call.Operands[i].DType.IsFloating())
                        call.Op.Vjp(i, strict, Weights(call.Result.Shape, i, call.Result.DType));
                }
                Assert.True(call.Op.Keeps == strict.Read, $"{call.Op.Name} keeps {call.Op.Keeps}, but reads {strict.Read}.");
                checks++;
            }
        }
        Assert.True(checks > 0);
    }

    [Theory, MemberData(nameof(WithoutDerivative))]
    public void No_gradient_passes_where_the_derivative_is_zero(string name)
    {
        OpCase row = OpCases.Named(name);
        foreach (Variant variant in row.Variants)
        {
            Tensor[] x = variant.Sample(new RandomKey(50));
            foreach (int i in variant.Differentiable)
                x[i].RequiresGrad();
            Assert.False(variant.Function(x).IsTracked);
        }
    }

    private static int CheckGradient(Func<Tensor[], Tensor> function, Variant variant, Tensor[] x, string because)
    {
        Tensor[] inputs = [.. variant.Differentiable.Select(i => x[i])];
        Tensor[] gradients = Differentiate.Grad(function)(inputs);
        int checks = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] gradient = gradients[i].ToArray<double>();
            for (int element = 0; element < gradient.Length; element++, checks++)
            {
                (int operand, int place) = (i, element);
                Slope slope = Ridders.Central(step => function(Moved(inputs, operand, place, step)).Item<double>(), variant.Reach);
                Compare.Close([slope.Value], [gradient[element]], 10 * Compare.RelativeOfSlope, 10 * Compare.AbsoluteOfSlope, $"{because}, d/dx{i}[{element}]");
            }
        }
        return checks;
    }

    private static double[] Row(Variant variant, Tensor[] x, int operand, int output)
    {
        Tensor input = x[operand].Detach().RequiresGrad();
        Tensor y = variant.Function(Replaced(x, operand, input));
        double[] seed = new double[y.ElementCount];
        seed[output] = 1;
        return Differentiate.Gradients(y, [input], Tensor.From(seed, y.Shape))[0].ToArray<double>();
    }

    private static double[] Column(Variant variant, Tensor[] x, int operand, int element, int outputs)
    {
        var values = new Dictionary<double, double[]>();
        double At(double step, int output)
        {
            if (!values.TryGetValue(step, out double[]? y))
                values[step] = y = variant.Function(Moved(x, operand, element, step)).ToArray<double>();
            return y[output];
        }
        return [.. Enumerable.Range(0, outputs).Select(output => Ridders.Central(step => At(step, output), variant.Reach).Value)];
    }

    private static Tensor[] Moved(Tensor[] x, int operand, int element, double step)
    {
        double[] values = x[operand].ToArray<double>();
        values[element] += step;
        return Replaced(x, operand, Tensor.From(values, x[operand].Shape));
    }

    private static Tensor[] Replaced(Tensor[] x, int operand, Tensor input)
    {
        Tensor[] others = [.. x];
        others[operand] = input;
        return others;
    }

    private static Tensor[] With(Tensor[] x, Variant variant, Tensor[] inputs)
    {
        Tensor[] all = [.. x];
        foreach ((int operand, int i) in variant.Differentiable.Select((operand, i) => (operand, i)))
            all[operand] = inputs[i];
        return all;
    }

    private static Tensor[] Gradients(Variant variant, Tensor[] x, Tensor seed)
    {
        Tensor[] inputs = [.. variant.Differentiable.Select(i => x[i].Detach().RequiresGrad())];
        return Differentiate.Gradients(variant.Function(With(x, variant, inputs)), inputs, seed);
    }

    private static Tensor Projected(Tensor y, long seed) => (y * Weights(y.Shape, seed, y.DType)).Sum();

    private static Tensor Weights(Shape shape, long seed, DType dtype) => Tensor.Uniform(shape, new RandomKey(seed), 0.5, 1.5, dtype);
}

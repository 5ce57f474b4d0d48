using System.Reflection;

namespace ChainRule.Tests.Laws;

/// <summary>The derivative of every elementwise operation is that of its own body, exactly up to rounding.</summary>
public sealed class DualLaneLaws
{
    private const double Ulp = 2.220446049250313e-16;

    private const int Samples = 40;

    public static TheoryData<string> Elementwise => [.. OpCases.All.Where(row => row.Order > 0 && IsElementwise(row.Op)).Select(row => row.Name)];

    [Theory, MemberData(nameof(Elementwise))]
    public void The_rule_is_the_derivative_of_the_body_within_8_ulp(string name)
    {
        OpCase row = OpCases.Named(name);
        int checks = 0;
        for (int seed = 0; seed < Samples; seed++)
        {
            Tensor[] x = row.Variants[0].Sample(new RandomKey(200 + seed));
            foreach (Application call in Application.During(() => row.Variants[0].Function(x)).Where(call => call.Op.GetType() == row.Op))
                checks += Check(call, name);
        }
        Assert.True(checks >= Samples);
    }

    [Fact]
    public void A_wrong_rule_would_be_seen()
    {
        // sin x and a rule that is off by a part in 10^14.
        DualLane y = DualLane.Sin(new DualLane(0.7, 1, 0, 0));
        Assert.True(IsNear(y, Math.Cos(0.7)));
        Assert.False(IsNear(y, Math.Cos(0.7) * (1 + 1e-14)));
    }

    private static int Check(Application call, string name)
    {
        double[][] operands = Array.ConvertAll(call.Operands, operand => operand.ToArray<double>());
        for (int by = 0; by < operands.Length; by++)
        {
            double[] rule = call.Op.Vjp(by, new StrictCall(call), Tensor.Ones(call.Result.Shape, DType.Float64)) is { } flow ? flow.ToArray<double>() : new double[call.Result.ElementCount];
            for (int i = 0; i < rule.Length; i++)
            {
                int element = i, operand = by;
                DualLane y = Body(call.Op, [.. operands.Select((values, at) => new DualLane(values[element], at == operand ? 1 : 0, 0, 0))]);
                Assert.True(IsNear(y, rule[i]), $"{name}({string.Join(", ", operands.Select(values => values[element]))}): d/dx{by} is {rule[i]:R} by the rule and {y.Slope:R} by the body");
            }
        }
        return call.Operands.Length;
    }

    // The rule may be rounded as often as the body.
    private static bool IsNear(DualLane y, double rule) => Math.Abs(y.Slope - rule) <= 8 * Ulp * Math.Max(y.SlopeError, Math.Abs(y.Slope));

    // A body that is written in doubles alone cannot run on a dual lane.
    private static bool IsElementwise(Type? op) => op?.BaseType is { IsGenericType: true } family
        && (family.GetGenericTypeDefinition() == typeof(UnaryOp<>) || family.GetGenericTypeDefinition() == typeof(BinaryOp<>))
        && op.GetProperty("Kernel")!.PropertyType.GetMethod("Invoke") is not null;

    private static DualLane Body(Op op, DualLane[] operands)
    {
        object kernel = op.GetType().GetProperty("Kernel")!.GetValue(op)!;
        MethodInfo body = kernel.GetType().GetMethod("Invoke")!.MakeGenericMethod(typeof(DualLane));
        return (DualLane)body.Invoke(kernel, [.. operands.Cast<object>()])!;
    }
}

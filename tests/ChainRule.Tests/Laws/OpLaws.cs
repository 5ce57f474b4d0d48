namespace ChainRule.Tests.Laws;

/// <summary>What every operation promises of its values. A row of <see cref="OpCases"/> is all that a new one needs.</summary>
public sealed class OpLaws
{
    public static TheoryData<string> Names => OpCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void The_value_is_that_of_the_reference(string name)
    {
        foreach ((Variant variant, int at) in OpCases.Named(name).Variants.Select((variant, at) => (variant, at)))
        {
            for (int seed = 0; seed < 5; seed++)
            {
                Tensor[] x = variant.Sample(new RandomKey(seed));
                Grid expected = variant.Reference(Array.ConvertAll(x, Grid.From));
                Tensor actual = variant.Function(x);
                Assert.Equal(expected.Sizes, actual.Shape.ToArray());
                Compare.Close(expected.Values, actual.ToArray<double>(), Compare.RelativeInDouble, Compare.AbsoluteInDouble, $"{name}, variant {at}, seed {seed}");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_value_in_float32_is_near_that_of_the_reference(string name)
    {
        foreach ((Variant variant, int at) in OpCases.Named(name).Variants.Select((variant, at) => (variant, at)))
        {
            Tensor[] x = variant.Sample(new RandomKey(3), DType.Float32);
            Grid expected = variant.Reference(Array.ConvertAll(x, Grid.From));
            Compare.Close(expected.Values, variant.Function(x).ToArray<double>(), Compare.RelativeInSingle, Compare.AbsoluteInSingle, $"{name}, variant {at}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_inferred_shape_and_type_are_the_actual_ones(string name)
    {
        foreach (Application call in Applications(OpCases.Named(name)))
            Assert.Equal(call.Op.Infer(call.AsOperands), call.Result.Spec);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_view_shows_what_the_kernel_would_compute(string name)
    {
        foreach (Application call in Applications(OpCases.Named(name)))
        {
            Tensor computed = Tensor.Uninitialized(call.Result.Shape, call.Result.DType);
            call.Op.Run(call.AsOperands, computed);
            Compare.SameBits(computed, call.Result, call.Op.Name);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Equal_parameters_make_equal_operations(string name)
    {
        OpCase row = OpCases.Named(name);
        Application[] first = [.. Applications(row)], second = [.. Applications(row)];
        Assert.All(first, call => Assert.NotEmpty(call.Op.Name)); // a cached name must not make a difference
        Assert.Equal(first.Select(call => call.Op), second.Select(call => call.Op));
        Assert.Equal(first.Select(call => call.Op.GetHashCode()), second.Select(call => call.Op.GetHashCode()));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_row_runs_the_operation_that_it_names(string name)
    {
        OpCase row = OpCases.Named(name);
        if (row.Op is not null)
            Assert.Contains(Applications(row), call => call.Op.GetType() == row.Op);
    }

    private static IEnumerable<Application> Applications(OpCase row) =>
        row.Variants.SelectMany(variant =>
        {
            Tensor[] x = variant.Sample(new RandomKey(1));
            return Application.During(() => variant.Function(x));
        });
}

namespace ChainRule.Tests.Reference;

/// <summary>Values and gradients of every recorded operation, in double precision.</summary>
public sealed class OperationsTests(OperationsFile file) : IClassFixture<OperationsFile>
{
    private const double Tolerance = 1e-10;

    // The reference has the slope of hardsigmoid, 1/6, in single precision, and so 3e-8 too large; its gradients are held against ours after this.
    private const double TrueSlopeByReference = 1.0 / 6 / (float)(1.0 / 6);

    public static TheoryData<string> Names => [.. OperationsFile.Operations];

    [Theory, MemberData(nameof(Names))]
    public void Values_and_gradients_are_those_of_the_reference(string operation)
    {
        Assert.True(OperationsAdapter.All.ContainsKey(operation), $"The adapter has no row for {operation}.");
        foreach (ReferenceCase one in OperationsFile.Of(operation))
        {
            Tensor[] inputs = [.. one.Inputs.Select((input, i) => one.Gradients[i] is null ? input : input.Clone().RequiresGrad())];
            Tensor[] outputs = OperationsAdapter.All[operation](one.Arguments, inputs);
            double worst = 0;
            Assert.Equal(one.Outputs.Length, outputs.Length);
            for (int i = 0; i < outputs.Length; i++)
                worst = Math.Max(worst, Difference(one.Outputs[i], outputs[i], $"{one}, output {i}"));

            Tensor[] gradients = Gradients(one, inputs, outputs);
            for (int i = 0, next = 0; i < inputs.Length; i++)
            {
                if (one.Gradients[i] is { } expected)
                    worst = Math.Max(worst, Difference(operation == "hardsigmoid" ? expected * TrueSlopeByReference : expected, gradients[next++], $"{one}, gradient {i}"));
            }
            file.Count(operation, worst);
        }
    }

    [Fact]
    public void The_reference_has_135_operations_in_867_cases_and_each_has_a_row()
    {
        Assert.Empty(OperationsFile.Operations.Except(OperationsAdapter.All.Keys));
        if (!OperationsFile.IsOwn) return;
        Assert.Equal(135, OperationsFile.Operations.Count());
        Assert.Equal(867, OperationsFile.CaseCount);
    }

    private static Tensor[] Gradients(ReferenceCase one, Tensor[] inputs, Tensor[] outputs)
    {
        Tensor[] differentiated = [.. inputs.Where((_, i) => one.Gradients[i] is not null)];
        if (differentiated.Length == 0) return [];
        Tensor[] floating = [.. outputs.Where(output => output.DType == DType.Float64)];
        Assert.Equal(one.Cotangents.Length, floating.Length);
        Tensor sum = floating.Zip(one.Cotangents, (output, cotangent) => (output * cotangent).Sum()).Aggregate((a, b) => a + b);
        return Differentiate.Gradients(sum, differentiated);
    }

    private static double Difference(Tensor expected, Tensor actual, string because)
    {
        Assert.True(expected.Shape == actual.Shape && expected.DType == actual.DType, $"{because}: {expected.DType}{expected.Shape} and {actual.DType}{actual.Shape}");
        double[] wanted = expected.ToArray<double>(), got = actual.ToArray<double>();
        double worst = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].Equals(got[i])) continue;
            double difference = Math.Abs(wanted[i] - got[i]) / Math.Max(1, Math.Abs(wanted[i]));
            Assert.True(difference <= Tolerance, $"{because}: element {i} is {got[i]:R}, not {wanted[i]:R}");
            worst = Math.Max(worst, difference);
        }
        return worst;
    }
}

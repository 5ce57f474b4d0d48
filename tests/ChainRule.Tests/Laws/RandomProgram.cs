using ChainRule.Autograd;
using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Laws;

/// <summary>A function of a few tensors, made of steps that each use earlier values; its result is a weighted sum of all of them.</summary>
internal sealed record RandomProgram(Shape[] Inputs, ProgramStep[] Steps)
{
    private const int Examples = 3;

    /// <summary>As C# to paste into a test.</summary>
    public override string ToString() =>
        $"new RandomProgram(\n    [{string.Join(", ", Inputs.Select(shape => shape.ToString()))}],\n    [\n{string.Concat(Steps.Select(step => $"        {step},\n"))}    ]).Check();";

    /// <summary>Holds the program against all laws; returns its value and gradients.</summary>
    public double[] Check()
    {
        Tensor[] x = Point(0);
        (Tensor value, Tensor[] gradients) = Differentiate.ValueAndGrad((Tensor[] v) => Value(v))(x);
        double[] bits = [value.Item<double>(), .. gradients.SelectMany(gradient => gradient.ToArray<double>())];
        Assert.All(bits, number => Assert.True(double.IsFinite(number), "not finite"));
        CheckDirection(x, gradients);
        CheckThreads();
        CheckBatch();
        CheckCompiled();
        return bits;
    }

    /// <summary>The smallest program that still fails: without every step that can be left out.</summary>
    public RandomProgram Shrunk(Func<RandomProgram, bool> fails)
    {
        RandomProgram smallest = this;
        for (int i = Steps.Length - 1; i >= 0; i--)
        {
            RandomProgram smaller = smallest.Without(i);
            if (fails(smaller))
                smallest = smaller;
        }
        return smallest;
    }

    private RandomProgram Without(int step)
    {
        int gone = Inputs.Length + step, instead = Steps[step].Sources[0];
        int Renamed(int source) => source == gone ? instead : source > gone ? source - 1 : source;
        return new(Inputs, [.. Steps.Where((_, i) => i != step).Select(other => other with { Sources = Array.ConvertAll(other.Sources, Renamed) })]);
    }

    // Reverse mode, forward mode and extrapolated differences along one direction.
    private void CheckDirection(Tensor[] x, Tensor[] gradients)
    {
        Tensor[] direction = Point(1);
        double forward = Differentiate.Jvp((Tensor[] v) => Value(v), x, direction).Tangent.Item<double>();
        double[] terms = [.. gradients.Zip(direction, (gradient, way) => gradient * way).SelectMany(product => product.ToArray<double>())];
        double scale = terms.Append(1e-3).Sum(Math.Abs);
        Assert.True(Math.Abs(forward - terms.Sum()) <= 1e-11 * scale, $"forward {forward:R}, reverse {terms.Sum():R}");

        Slope slope = Ridders.Central(step => Value([.. x.Zip(direction, (at, way) => at + (step * way))]).Item<double>(), 0.01);
        Assert.True(Math.Abs(forward - slope.Value) <= (1e-8 * scale) + (10 * slope.Error), $"forward {forward:R}, by differences {slope.Value:R} ± {slope.Error:G2}");
        Assert.True(slope.Error <= 1e-5 * scale, $"differences of {slope.Value:R} are off by {slope.Error:G2}");
    }

    // With one operation so large that the threads share its work.
    private void CheckThreads()
    {
        int large = Array.FindLastIndex(Steps, step => OpCases.Named(step.Row) is { Large: not null, Arity: var arity } row && row.Large!.Length == arity);
        if (large < 0) return;
        Tensor[] x = Point(2);
        (Tensor Value, Tensor[] Gradients) On(int threads)
        {
            using var set = new Threads(threads);
            return Differentiate.ValueAndGrad((Tensor[] v) => Value(v, large))(x);
        }
        (Tensor one, Tensor[] gradientsOfOne) = On(1);
        (Tensor eight, Tensor[] gradientsOfEight) = On(8);
        Compare.SameBits(one, eight, "8 threads");
        for (int i = 0; i < x.Length; i++)
            Compare.SameBits(gradientsOfOne[i], gradientsOfEight[i], $"8 threads, gradient {i}");
    }

    private void CheckBatch()
    {
        Tensor[][] examples = [.. Enumerable.Range(3, Examples).Select(Point)];
        Tensor[] stacked = [.. Inputs.Select((_, input) => Tensor.Stack(Array.ConvertAll(examples, x => x[input])))];
        Tensor[] batch = Differentiate.Vmap((Tensor[] v) => [Value(v), .. Differentiate.Grad((Tensor[] w) => Value(w))(v)])(stacked);
        for (int i = 0; i < Examples; i++)
        {
            Compare.SameBits(Value(examples[i]), batch[0][i], $"Vmap, example {i}");
            Tensor[] gradients = Differentiate.Grad((Tensor[] v) => Value(v))(examples[i]);
            for (int input = 0; input < gradients.Length; input++)
            {
                double[] expected = gradients[input].ToArray<double>();
                Compare.Close(expected, batch[1 + input][i].ToArray<double>(), 1e-11, 1e-11 * expected.Append(1e-3).Max(Math.Abs), $"Vmap, example {i}, gradient {input}");
            }
        }
    }

    // Recorded at one point, replayed at others: twice compared kernel by kernel, then on its own.
    private void CheckCompiled()
    {
        Func<Tensor[], (Tensor Value, Tensor[] Gradients)> both = Differentiate.ValueAndGrad((Tensor[] v) => Value(v));
        CompiledFunction compiled = Compile.Of(both);
        for (int call = 0; call < CompiledProgram.CheckedReplays + 2; call++)
        {
            Tensor[] x = Point(6 + call), actual = compiled.RunAll(x);
            (Tensor value, Tensor[] gradients) = both(x);
            Compare.SameBits(value, actual[0], $"compiled, call {call}");
            for (int i = 0; i < gradients.Length; i++)
                Compare.SameBits(gradients[i], actual[1 + i], $"compiled, call {call}, gradient {i}");
        }
    }

    private Tensor Value(Tensor[] inputs, int largeStep = -1)
    {
        List<Tensor> values = [.. inputs];
        for (int i = 0; i < Steps.Length; i++)
            values.Add(Steps[i].Apply(values, i == largeStep));
        Tensor sum = 0.0;
        for (int i = 0; i < values.Count; i++)
            sum += (values[i] * Tensor.Uniform(values[i].Shape, new RandomKey(500 + i), 0.5, 1.5, DType.Float64)).Sum();
        return sum;
    }

    private Tensor[] Point(int number) => [.. Inputs.Select((shape, i) => Tensor.Uniform(shape, new RandomKey((100 * number) + i), -1, 1, DType.Float64))];
}

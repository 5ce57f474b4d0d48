using System.Text.Json;
using ChainRule.Nn;
using ChainRule.Optim;
using ChainRule.Tests.Laws;
using ChainRule.Tests.Optim.Trajectories;

namespace ChainRule.Tests.Optim;

/// <summary>Gradients of the used rows of a table alone: the same numbers as the whole gradient, and steps on those rows only.</summary>
public sealed class RowGradientTests
{
    private const int Rows = 7, Size = 3;

    private static readonly Dictionary<string, Func<IEnumerable<Tensor>, Optimizer>> Optimizers = new()
    {
        ["sgd"] = p => new Sgd(p, 0.05),
        ["adagrad"] = p => new Adagrad(p, 0.1, 0.01, 0, 0.2),
        ["sparse-adam"] = p => new SparseAdam(p, 0.05, 0.8, 0.9, 1e-3),
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Fifty_steps_on_used_rows_are_those_of_PyTorch(string name)
    {
        using JsonDocument recorded = Recorded();
        int[] kept = [.. recorded.RootElement.GetProperty("kept").EnumerateArray().Select(step => step.GetInt32())];
        JsonElement[] expected = [.. recorded.RootElement.GetProperty("runs").GetProperty(name).EnumerateArray()];
        Embedding table = Table(sparse: true);
        Optimizer optimizer = Optimizers[name](table.Parameters());
        int compared = 0;
        for (int step = 0; step < 50; step++)
        {
            optimizer.ZeroGrad();
            Loss(table, step).Backward();
            Assert.NotNull(table.Weight.Value.RowGradient);
            optimizer.Step();
            int place = Array.IndexOf(kept, step + 1);
            if (place < 0) continue;
            Assert.InRange(Trajectory.Apart(Trajectory.Numbers(expected[place]), table.Weight.Value.ToArray<double>()), 0, 1e-10);
            compared++;
        }
        Assert.Equal(8, compared);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adagrad")]
    public void Steps_on_used_rows_have_the_bits_of_steps_on_all(string name)
    {
        Tensor After(bool sparse)
        {
            Embedding table = Table(sparse);
            Optimizer optimizer = Optimizers[name](table.Parameters());
            for (int step = 0; step < 20; step++)
            {
                optimizer.ZeroGrad();
                Loss(table, step).Backward();
                GradientClipping.ByValue(optimizer.Parameters, 0.9);
                optimizer.Step();
            }
            return table.Weight.Value.Detach();
        }
        Compare.SameBits(After(sparse: false), After(sparse: true), name);
    }

    [Fact]
    public void Rows_are_ascending_and_added_up_and_make_the_whole_gradient()
    {
        Embedding whole = Table(sparse: false), rows = Table(sparse: true);
        foreach (Embedding table in new[] { whole, rows })
        {
            Loss(table, 0).Backward();
            Loss(table, 3).Backward();
        }
        RowGradient gradient = rows.Weight.Value.RowGradient!;
        Assert.Equal([0L, 1, 2, 3], gradient.Rows.ToArray<long>());
        Assert.Equal([4, Size], gradient.Values.Shape.ToArray());
        Assert.Equal("RowGradient(4 of 7 rows)", gradient.ToString());
        Compare.SameBits(whole.Weight.Grad!, gradient.ToDense(), "dense");
        Compare.SameBits(whole.Weight.Grad!, rows.Weight.Grad!, "Grad");
        Assert.Null(rows.Weight.Value.RowGradient);
    }

    [Fact]
    public void A_table_that_is_also_used_whole_gets_its_whole_gradient()
    {
        Tensor Gradient(bool sparse)
        {
            Embedding table = Table(sparse);
            (Loss(table, 1) + table.Weight.Value.Square().Sum()).Backward();
            Loss(table, 2).Backward();
            return table.Weight.Grad!;
        }
        Compare.Close(Gradient(sparse: false).ToArray<double>(), Gradient(sparse: true).ToArray<double>(), 1e-15, 1e-15, "mixed");
    }

    [Fact]
    public void Hooks_recorded_passes_and_Grad_see_the_whole_gradient()
    {
        Embedding hooked = Table(sparse: true), recorded = Table(sparse: true), plain = Table(sparse: false);
        Shape? seen = null;
        hooked.Weight.Value.OnGradient(gradient => { seen = gradient.Shape; return null; });
        Loss(hooked, 0).Backward();
        Loss(plain, 0).Backward();
        Assert.Equal([Rows, Size], seen!.ToArray());
        Loss(recorded, 0).Backward(createGraph: true);
        Assert.Null(recorded.Weight.Value.RowGradient);
        Assert.True(recorded.Weight.Grad!.IsTracked);
        Compare.SameBits(plain.Weight.Grad!, recorded.Weight.Grad!.Detach(), "recorded");
        Tensor ids = Tensor.From([0L, 1, 0]);
        Tensor slope = Differentiate.Grad(weight => ids.Embedding(weight, sparse: true).Square().Sum())(plain.Weight.Value.Detach());
        Assert.Equal([Rows, Size], slope.Shape.ToArray());
    }

    [Fact]
    public void Clipping_by_norm_measures_and_scales_the_rows()
    {
        Embedding whole = Table(sparse: false), rows = Table(sparse: true);
        Loss(whole, 0).Backward();
        Loss(rows, 0).Backward();
        double expected = GradientClipping.ByNorm(whole.Parameters(), 0.1), actual = GradientClipping.ByNorm(rows.Parameters(), 0.1);
        Assert.Equal(expected, actual, 1e-14);
        Assert.NotNull(rows.Weight.Value.RowGradient);
        Compare.Close(whole.Weight.Grad!.ToArray<double>(), rows.Weight.Grad!.ToArray<double>(), 1e-14, 1e-16, "clipped");
    }

    [Fact]
    public void Momentum_and_decay_move_all_rows_as_without_row_gradients()
    {
        foreach (Func<IEnumerable<Tensor>, Optimizer> make in new Func<IEnumerable<Tensor>, Optimizer>[] { p => new Sgd(p, 0.1, 0.9), p => new Sgd(p, 0.1, weightDecay: 0.1), p => new Adam(p) })
        {
            Tensor After(bool sparse)
            {
                Embedding table = Table(sparse);
                Optimizer optimizer = make(table.Parameters());
                for (int step = 0; step < 5; step++)
                {
                    optimizer.ZeroGrad();
                    Loss(table, step).Backward();
                    optimizer.Step();
                }
                return table.Weight.Value.Detach();
            }
            Compare.SameBits(After(sparse: false), After(sparse: true), "all rows");
        }
    }

    [Fact]
    public void A_step_takes_memory_for_the_used_rows_only()
    {
        var table = new Embedding(200_000, 16, key: new RandomKey(1), sparse: true);
        var optimizer = new Sgd(table.Parameters(), 0.1);
        Tensor ids = Tensor.From([5L, 199_999, 5]);
        long Step()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            optimizer.ZeroGrad();
            table.Forward(ids).Square().Sum().Backward();
            optimizer.Step();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Step();
        // The whole gradient would be 12.8 MB.
        Assert.InRange(Step(), 1, 100_000);
    }

    private static Embedding Table(bool sparse)
    {
        var table = new Embedding(Rows, Size, paddingIndex: 4, dtype: DType.Float64, sparse: sparse);
        using (new NoGrad())
            table.Weight.Value.CopyFrom(Tensor.From([.. Enumerable.Range(0, Rows * Size).Select(i => i * 0.37 % 1.9 - 0.9)], [Rows, Size]));
        return table;
    }

    // The ids and the loss of generate_sparse.py.
    private static Tensor Loss(Embedding table, int step)
    {
        Tensor y = table.Forward(Tensor.From([step % 5L, 1, (3 * step + 2) % 5, step % 5], [2, 2]));
        Tensor factors = Tensor.From([.. Enumerable.Range(0, 4 * Size).Select(i => i * 0.21 - 1)], [2, 2, Size]);
        return (factors * y + 0.5 * y * y * y).Sum();
    }

    private static JsonDocument Recorded() => JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Shared.SolutionFolder.Path, "tests/ChainRule.Tests/Optim/Trajectories/sparse.json")));
}

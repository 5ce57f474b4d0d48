namespace ChainRule.Tests.Core;

public sealed class InPlaceTests
{
    [Fact]
    public void CopyFrom_broadcasts_converts_and_gives_the_tensor_back()
    {
        Tensor x = Tensor.Zeros([2, 3]);
        Assert.Same(x, x.CopyFrom(Tensor.From([1, 2, 3])));
        Assert.Equal(new[,] { { 1f, 2f, 3f }, { 1f, 2f, 3f } }, x.ToArray());
        x.CopyFrom(Tensor.From(new[,] { { 4.5 }, { 5.5 } }));
        Assert.Equal(new[,] { { 4.5f, 4.5f, 4.5f }, { 5.5f, 5.5f, 5.5f } }, x.ToArray());
        x.CopyFrom(true);
        Assert.Equal(Enumerable.Repeat(1f, 6), x.ToArray<float>());
        Assert.Equal([0, 3], Tensor.Zeros([0, 3]).CopyFrom(1f).Shape);
    }

    [Fact]
    public void CopyFrom_reads_everything_before_it_writes_into_the_same_memory()
    {
        (Func<Tensor, Tensor> Target, Func<Tensor, Tensor> Source, float[] Expected)[] cases =
        [
            (x => x[1..], x => x[..^1], [0, 0, 1, 2, 3, 4, 5, 6, 7]),
            (x => x[..^1], x => x[1..], [1, 2, 3, 4, 5, 6, 7, 8, 8]),
            (x => x, x => x.Flip(), [8, 7, 6, 5, 4, 3, 2, 1, 0]),
            (x => x.Reshape(3, 3), x => x.Reshape(3, 3).T, [0, 3, 6, 1, 4, 7, 2, 5, 8]),
            (x => x.Reshape(3, 3), x => x[1..4], [1, 2, 3, 1, 2, 3, 1, 2, 3]),
            (x => x, x => x[4], [4, 4, 4, 4, 4, 4, 4, 4, 4]),
            (x => x.Slice(0, 0, 4, 2), x => x.Slice(0, 1, 4, 2), [1, 1, 3, 3, 5, 5, 7, 7, 8]),
            (x => x, x => x, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ];
        foreach ((Func<Tensor, Tensor> target, Func<Tensor, Tensor> source, float[] expected) in cases)
        {
            Tensor x = Tensor.Arange(0, 9);
            target(x).CopyFrom(source(x));
            Assert.Equal(expected, x.ToArray<float>());
        }
        Assert.Equal(8, cases.Length);
    }

    [Fact]
    public void A_change_through_a_view_leaves_what_lies_between_alone()
    {
        Tensor x = Tensor.Arange(0, 12).Reshape(3, 4);
        x.T[1..3, ^1].Fill(-1);
        x.Slice(1, 0, 2, 3)[0].CopyFrom(Tensor.From([20f, 30f]));
        x[1].Flip().CopyFrom(Tensor.From([1f, 2f, 3f, 4f]));
        Assert.Equal(new[,] { { 20f, 1f, 2f, 30f }, { 4f, 3f, 2f, 1f }, { 8f, -1f, -1f, 11f } }, x.ToArray());
    }

    [Fact]
    public void Fill_writes_one_value_of_every_type()
    {
        foreach (DType dtype in Enum.GetValues<DType>())
        {
            Tensor x = Tensor.Zeros([2, 2], dtype);
            Assert.Same(x, x.Fill(1));
            x[0].Fill(0);
            Assert.Equal([0, 0, 1, 1], x.ToArray<int>());
        }
        Assert.Equal([-2], Tensor.Zeros([1], DType.Int32).Fill(-2.0).ToArray<int>());
        Assert.Equal([9007199254740993], Tensor.Zeros([1], DType.Int64).Fill(9007199254740993).ToArray<long>());
        Assert.Equal([16777216f], Tensor.Zeros([1]).Fill(16777217).ToArray<float>());
        Assert.Equal([0], Tensor.Zeros([0]).Fill(1).Shape);
    }

    [Fact]
    public void Every_change_advances_the_version_that_all_views_share()
    {
        Tensor x = Tensor.Zeros([2, 3]), view = x.T[1..], other = x.Clone();
        int before = x.Version;
        x.Fill(1);
        view.CopyFrom(2f);
        x[0, 0] = 3;
        Assert.Equal((before + 3, before + 3, 0), (x.Version, view.Version, other.Version));
    }

    [Fact]
    public void A_view_that_repeats_its_elements_is_not_written()
    {
        Tensor row = Tensor.Zeros([3]), repeated = row.Expand([2, 3]);
        foreach (Tensor view in new[] { repeated, repeated.T, repeated[.., 1], repeated.Reshape(2, 3, 1) })
        {
            Assert.Contains("Clone()", Assert.Throws<InPlaceException>(() => view.Fill(1)).Message, StringComparison.Ordinal);
            Assert.StartsWith("CopyFrom: ", Assert.Throws<InPlaceException>(() => view.CopyFrom(1f)).Message, StringComparison.Ordinal);
        }
        Assert.Throws<InPlaceException>(() => repeated[.., 0] = 1);
        Assert.Equal([0, 0, 0], row.ToArray<float>());
        // One row of it, and an axis of size 1, repeat nothing.
        repeated[1].Fill(1);
        row.Expand([1, 3]).CopyFrom(2f);
        Assert.Equal([2, 2, 2], row.ToArray<float>());
    }

    [Fact]
    public void A_tracked_tensor_is_changed_only_where_nothing_is_recorded()
    {
        Tensor leaf = Tensor.Ones([2]).RequiresGrad(), result = leaf * 2, plain = Tensor.Zeros([2]);
        Action[] changes =
        [
            () => leaf.Fill(1), () => leaf.CopyFrom(plain), () => leaf[0] = 1,
            () => result.Fill(1), () => result.CopyFrom(plain), () => plain.CopyFrom(leaf), () => plain[1] = result[0], () => leaf[..1].Fill(2),
        ];
        foreach (Action change in changes)
            Assert.Contains("NoGrad", Assert.Throws<InPlaceException>(change).Message, StringComparison.Ordinal);
        Assert.Equal([1, 1, 2, 2, 0, 0], new[] { leaf, result, plain }.SelectMany(x => x.ToArray<float>()));
        using (new NoGrad())
        {
            foreach (Action change in changes)
                change();
        }
        Assert.True(leaf.IsTracked && !plain.IsTracked);
        Assert.Equal(8, changes.Length);
    }

    [Fact]
    public void A_change_of_data_that_no_gradient_reads_is_no_error()
    {
        Tensor x = Tensor.From([1f, 2f]).RequiresGrad(), data = Tensor.From([3f, 4f]);
        Tensor loss = (x + data).Sum();
        data.Fill(0);
        loss.Backward();
        Assert.Equal([1, 1], x.Grad!.ToArray<float>());
    }
}

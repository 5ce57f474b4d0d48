using ChainRule.Optim;

namespace ChainRule.Tests.Autograd;

/// <summary>Changes in place of what a recorded operation went by: an error where the gradient needs it, none where it does not.</summary>
public sealed class InPlaceTests
{
    /// <summary>Ways to change a matrix.</summary>
    private static readonly (string Name, Action<Tensor> Change)[] Changes =
    [
        ("fill", x => x.Fill(0)),
        ("copy", x => x.CopyFrom(Tensor.Zeros([2, 2]))),
        ("copy of a row", x => x.CopyFrom(Tensor.Zeros([2]))),
        ("row", x => x[0].Fill(0)),
        ("element of a row", x => x[1][0].Fill(0)),
        ("transpose", x => x.T.Fill(0)),
        ("column of a reshape", x => x.Reshape(4)[1..3].Fill(0)),
        ("index set", x => x[1] = Tensor.Zeros([2])),
        ("index set of an element", x => x[0, ^1] = 0.0),
        ("range set", x => x[.., 1..] = 7.0),
        ("detached", x => x.Detach().Fill(0)),
        ("with the same values", x => x.CopyFrom(x.Clone())),
    ];

    public static TheoryData<string> Ways => [.. Changes.Select(row => row.Name)];

    [Fact]
    public void There_are_twelve_ways() => Assert.Equal(12, Changes.Length);

    [Theory, MemberData(nameof(Ways))]
    public void A_changed_constant_that_the_gradient_needs_is_refused(string name)
    {
        Tensor w = Leaves.Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), x = Values(), loss = (w * x).Sum();
        Changes.Single(row => row.Name == name).Change(x);
        string message = Assert.Throws<InPlaceException>(() => loss.Backward()).Message;
        Assert.Contains("Multiply", message);
        Assert.Contains("[2, 2]", message);
        Assert.Null(w.Grad);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_changed_leaf_that_the_gradient_needs_is_refused(string name)
    {
        Tensor w = Leaves.Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), loss = w.Square().Sum();
        using (new NoGrad())
            Changes.Single(row => row.Name == name).Change(w);
        Assert.Throws<InPlaceException>(() => loss.Backward());
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_changed_output_that_the_gradient_needs_is_refused(string name)
    {
        Tensor w = Leaves.Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), y = w.Exp(), loss = y.Sum();
        using (new NoGrad())
            Changes.Single(row => row.Name == name).Change(y);
        Assert.Contains("result", Assert.Throws<InPlaceException>(() => loss.Backward()).Message);
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_change_of_what_the_gradient_does_not_need_is_harmless(string name)
    {
        Tensor w = Leaves.Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), x = Values(), loss = ((w + x) * 3).Sum();
        Changes.Single(row => row.Name == name).Change(x);
        loss.Backward();
        Assert.Equal([3, 3, 3, 3], w.Grad!.ToArray<double>());
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_change_before_the_forward_pass_after_the_backward_pass_or_of_a_copy_is_harmless(string name)
    {
        Action<Tensor> change = Changes.Single(row => row.Name == name).Change;
        Tensor w = Leaves.Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), x = Values(), copy = x.Clone();
        change(x);
        double[] expected = x.ToArray<double>();
        Tensor loss = (w * x).Sum();
        change(copy);
        loss.Backward();
        Assert.Equal(expected, w.Grad!.ToArray<double>());
        change(x);
        Assert.Equal(expected, w.Grad.ToArray<double>());
    }

    [Fact]
    public void A_view_taken_before_the_change_is_guarded_too()
    {
        Tensor w = Leaves.Of(1, 2), x = Values(), row = x[0], loss = (w * row).Sum();
        x[0, 1] = 9.0;
        Assert.Throws<InPlaceException>(() => loss.Backward());
    }

    [Fact]
    public void One_of_many_views_guards_them_all()
    {
        Tensor w = Leaves.Of(1, 2), x = Values();
        Tensor[] rows = [.. x];
        Tensor loss = (w * rows[0]).Sum();
        rows[1].Fill(0);
        // Another row of the same memory: a version is kept for the whole, so it errs on the side of refusing.
        Assert.Throws<InPlaceException>(() => loss.Backward());
    }

    [Fact]
    public void A_step_of_an_optimizer_between_the_passes_is_refused()
    {
        Tensor w = Leaves.Of(1, 2), loss = w.Square().Sum();
        w.Grad = Tensor.From([1.0, 1.0]);
        new Sgd([w], 0.1f).Step();
        Assert.Throws<InPlaceException>(() => loss.Backward());
    }

    [Fact]
    public void A_product_needs_only_the_other_matrix()
    {
        Tensor w = Leaves.Matrix(new double[,] { { 1, 2 }, { 3, 4 } }), x = Values(), loss = w.MatMul(x).Sum();
        using (new NoGrad())
            w.Fill(0);
        loss.Backward();
        Assert.Equal([11, 15, 11, 15], w.Grad!.ToArray<double>());
    }

    [Fact]
    public void A_tracked_tensor_is_not_changed_while_recording()
    {
        Tensor leaf = Leaves.Of(1, 2), result = leaf * 2, constant = Tensor.Zeros([2], DType.Float64);
        Assert.Contains("NoGrad", Assert.Throws<InPlaceException>(() => leaf.Fill(0)).Message);
        Assert.Throws<InPlaceException>(() => leaf[0] = 5.0);
        Assert.Throws<InPlaceException>(() => result.CopyFrom(constant));
        Assert.Throws<InPlaceException>(() => constant.CopyFrom(leaf));
        Assert.Throws<InPlaceException>(() => constant[0] = leaf[1]);
        Assert.Equal([1, 2], leaf.ToArray<double>());
        Assert.Equal([0, 0], constant.ToArray<double>());
    }

    [Fact]
    public void A_view_that_repeats_its_elements_is_not_changed() =>
        Assert.Contains("Clone()", Assert.Throws<InPlaceException>(() => Tensor.Ones([2, 1]).BroadcastTo([2, 3]).Fill(0)).Message);

    private static Tensor Values() => new double[,] { { 5, 6 }, { 7, 8 } };
}

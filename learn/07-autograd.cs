#:project ../src/ChainRule/ChainRule.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Optim;
using static ChainRule.Learn.Board;

// # 7. Autograd: leaves, gradients, and a classic trap
//
// In lesson 2 we built an engine of thirty lines. The library's is the same idea on tensors: operations write themselves down on a tape while
// they compute, and `Backward` walks it in reverse. This lesson is about what is kept, what is not, and where people trip.

Section("Leaves");

// A *leaf* is a tensor that you made and asked a gradient for, with RequiresGrad. What is computed from it is tracked, but no leaf.
Tensor w = Tensor.From([2.0, -1.0]).RequiresGrad();
Tensor x = Tensor.From([3.0, 4.0]);
Tensor y = w * x;
Tensor loss = y.Square().Sum();
Table(["tensor", "tracked", "leaf"], [["x", x.IsTracked, x.IsLeaf], ["w", w.IsTracked, w.IsLeaf], ["y = w x", y.IsTracked, y.IsLeaf], ["loss", loss.IsTracked, loss.IsLeaf]]);
Verify("w has no gradient before Backward", w.Grad is null);
loss.Backward();
Verify("dL/dw = 2 (w x) x", w.Grad!, Tensor.From([2 * 6.0 * 3, 2 * -4.0 * 4]));
Verify("x asked for none and got none", x.Grad is null);

// The gradient of what lies between, such as y, is not kept unless you say so before: y.RetainGrad(). Asking for it otherwise is an error, not a silent null.
string complaint = Complaint(() => _ = y.Grad);
Say($"  y.Grad: {complaint[..complaint.IndexOf(':')]}: ...");
Verify("asking y for its gradient is an error that says what to do", complaint.Contains("RetainGrad"));

Section("Gradients add up until you clear them");

// Backward *adds* to Grad. That is how one weight that is used in several places gets its sum, and how a large batch can be done in parts. It also
// means: clear the gradients before each step, or you walk by the sum of all steps so far.
Tensor v = Tensor.From([1.0]).RequiresGrad();
var seen = new List<object[]>();
foreach (string what in new[] { "first Backward", "second, without clearing", "after Grad = null, third" })
{
    if (what.StartsWith("after", StringComparison.Ordinal)) v.Grad = null;
    (v * 3).Square().Sum().Backward();
    seen.Add([what, v.Grad!.Item<double>()]);
}
Table(["", "gradient of (3v)² at v = 1"], seen);
Verify("the second doubled it, the third did not", seen.Select(row => (double)row[1]).SequenceEqual([18, 36, 18]));

// The same, put to use: a batch of 4 in two halves gives the gradient of the whole, if each half counts by its share.
Tensor data = Tensor.From([1.0, 2.0, 3.0, 4.0]), weight = Tensor.From([0.5]).RequiresGrad();
(weight * data).Square().Mean().Backward();
Tensor whole = weight.Grad!.Clone();
weight.Grad = null;
foreach (int half in new[] { 0, 2 })
    ((weight * data.Slice(0, half, 2)).Square().Mean() / 2).Backward();
Verify("two halves add up to the whole batch", weight.Grad!, whole);

Section("Looking without recording: NoGrad and Detach");

// An update of a weight is not part of the loss, so it must not be recorded. Inside NoGrad nothing is. Detach gives the same values as a constant.
Tensor p = Tensor.From([3.0]).RequiresGrad();
using (new NoGrad())
{
    Verify("inside NoGrad the product is not tracked", !(p * p).IsTracked);
    p.CopyFrom(p - 0.1 * 6);   // a step of gradient descent on p², whose gradient at 3 is 6
}
Verify("the weight moved and is still a leaf", p.Item<double>() == 3 - 0.1 * 6 && p.IsLeaf);
Verify("outside, a change of a leaf in place is refused", Complaint(() => p.CopyFrom(Tensor.From([0.0]))).Contains("NoGrad"));

// In x · x with one x detached, only the other counts: the derivative is x and not 2x.
Tensor q = Tensor.From([3.0]).RequiresGrad();
(q.Detach() * q).Sum().Backward();
Verify("with one factor detached the gradient of q² at 3 is 3", q.Grad!.Item<double>(), 3);

Section("The trap: scaling a leaf");

// Small random weights are wanted, so one writes this. It looks right, runs, and does not learn:
var key = new RandomKey(7);
Tensor wrong = Tensor.Normal([2, 2], key, dtype: DType.Float64).RequiresGrad() * 0.1;
// `wrong` is the *result of a product*. The leaf is the tensor before the product, which nobody holds any more. A gradient goes to
// it, and the optimizer, which holds `wrong`, would see nothing. First compute the value, then ask for the gradient:
Tensor right = (Tensor.Normal([2, 2], key, dtype: DType.Float64) * 0.1).RequiresGrad();
Table(["", "tracked", "leaf"], [["Normal(...).RequiresGrad() * 0.1", wrong.IsTracked, wrong.IsLeaf], ["(Normal(...) * 0.1).RequiresGrad()", right.IsTracked, right.IsLeaf]]);
string refusal = Complaint(() => _ = new Sgd([wrong], learningRate: 0.1));
Say($"  an optimizer says: {refusal[(refusal.IndexOf("is the result", StringComparison.Ordinal))..]}");
Verify("the optimizer refuses the scaled leaf", refusal.Contains("result of an operation"));
_ = new Sgd([right], learningRate: 0.1);
Verify("both hold the same numbers", wrong.Detach(), right.Detach());

// And if you do keep the leaf, its gradient carries the factor, by the chain rule: with w = 0.1 u, dL/du = 0.1 · dL/dw.
Tensor u = Tensor.From([5.0]).RequiresGrad();
Tensor scaled = (u * 0.1).RetainGrad();
scaled.Square().Sum().Backward();
Table(["", "gradient of w² with w = 0.1 u, at u = 5"], [["by w", scaled.Grad!.Item<double>()], ["by u", u.Grad!.Item<double>()]]);
Verify("the leaf's gradient is a tenth", u.Grad!, 0.1 * scaled.Grad!);

Section("What cut my gradient?");

// When a gradient does not arrive, GradientTrace names the cut.
Tensor a = Tensor.From([1.0]).RequiresGrad(), b = Tensor.From([2.0]).RequiresGrad();
GradientTraceReport trace = GradientTrace.Run(() => (a * b.Detach()).Sum(), [("a", a), ("b", b)]);
Table(["parameter", "reached", "cut by"], [.. trace.Rows.Select(row => (object[])[row.Name, row.Reached, row.Cut?.Operation ?? ""])]);
Verify("a is reached, b is cut by a detach", trace.Rows[0].Reached && trace.Rows[1].Cut?.Kind == GradientCutKind.Detach);

static string Complaint(Action action)
{
    try
    {
        action();
        return "";
    }
    catch (Exception error) when (error is DifferentiationException or InPlaceException)
    {
        return error.Message;
    }
}

// Exercises
// 7.1 L = (3w)² at w = 2. Backward is called twice on fresh losses, without clearing. What is in w.Grad? (a number)
// 7.2 w = 0.01 u, L = w³, u = 200. What is u.Grad? (a number)
// 7.3 L = x² · Detach(x) at x = 2. What is x.Grad? (a number)

#:project ../src/ChainRule/ChainRule.csproj
#:project Board/Board.csproj
using ChainRule;
using static ChainRule.Learn.Board;

// # 1. The chain rule, in one variable and in many
//
// Learning is a question asked a million times: *if I turn this knob a little, how does the result move?* The answer is a derivative.
// Between knob and result there are many steps, each of them simple. The chain rule puts the simple answers together, and
// backpropagation is nothing but the chain rule, done in a good order.

Section("A derivative is a rate of exchange");

// Nudge x by a little h, and f(x) moves by about f'(x) times h. For f(x) = x² the rate is 2x. The smaller the nudge, the better the rate describes it.
static double Squared(double x) => x * x;

double x0 = 3;
Table(["h", "(f(3+h) - f(3)) / h", "off from 6 by"],
    [.. new[] { 1, 0.1, 0.01, 0.001 }.Select(h => (object[])[h, (Squared(x0 + h) - Squared(x0)) / h, (Squared(x0 + h) - Squared(x0)) / h - 6])]);
Verify("near x = 3 a nudge of x comes out 6 times as large", (Squared(x0 + 1e-6) - Squared(x0)) / 1e-6, 2 * x0, 1e-5);

Section("One after the other: rates multiply");

// Take y = (2x + 1)³. With a name for the inner part it is two easy steps, u = 2x + 1 and y = u³. A nudge of x becomes 2 nudges
// of u, and each nudge of u becomes 3u² nudges of y. So a nudge of x becomes 3u² · 2 nudges of y:
//
// **dy/dx = dy/du · du/dx**
double x1 = 2, u = 2 * x1 + 1, y = u * u * u;
double dudx = 2, dydu = 3 * u * u, dydx = dydu * dudx;
Table(["step", "value at x = 2", "local derivative", "in numbers"],
[
    ["u = 2x + 1", u, "du/dx = 2", dudx],
    ["y = u³", y, "dy/du = 3u²", dydu],
    ["both", y, "dy/dx = 3u² · 2", dydx],
]);

// Do not take our word for it. Here is the same from the library, which knows nothing of our u, and from a nudge.
static Tensor Cubed(Tensor x) => (2 * x + 1).Pow(3);

double byLibrary = Differentiate.Grad(Cubed)(x1).Item<double>();
double h1 = 1e-5, byNudge = (Cubed(x1 + h1) - Cubed(x1 - h1)).Item<double>() / (2 * h1);
Verify("the chain rule gives 150", dydx, 150);
Verify("the library agrees", byLibrary, dydx);
Verify("a nudge agrees, as well as a nudge can", byNudge, dydx, 1e-8);

Section("A longer chain is a longer product");

// y = exp(sin(x²)) has three links. Nothing new happens: one factor more. We walk forward once for the values, and then
// back from the end, multiplying as we go. The running product in the last column is dy/d(this step).
double x2 = 0.8;
double a = x2 * x2, b = Math.Sin(a), c = Math.Exp(b);
double dcdb = Math.Exp(b), dbda = Math.Cos(a), dadx = 2 * x2;
Table(["step", "value", "local derivative", "in numbers", "dy/d(what it reads)"],
[
    ["a = x²", a, "2x", dadx, dcdb * dbda * dadx],
    ["b = sin a", b, "cos a", dbda, dcdb * dbda],
    ["y = exp b", c, "exp b", dcdb, dcdb],
]);
Verify("the product of the three is the derivative", dcdb * dbda * dadx, Differentiate.Grad(x => x.Square().Sin().Exp())(x2).Item<double>());

Section("Several ways to the end: products along each way, and their sum");

// Now z = x · y where both x = t² and y = 3t + 1 depend on t. A nudge of t reaches z by two ways, and z feels both.
//
// **dz/dt = ∂z/∂x · dx/dt + ∂z/∂y · dy/dt**
//
// The round ∂ says: this is the rate by one of several inputs, with the others held still.
double t = 2, xt = t * t, yt = 3 * t + 1;
double byX = yt * (2 * t), byY = xt * 3;
Table(["way", "factors", "product"],
[
    ["t → x → z", $"∂z/∂x · dx/dt = {yt} · {2 * t}", byX],
    ["t → y → z", $"∂z/∂y · dy/dt = {xt} · 3", byY],
    ["both", "sum", byX + byY],
]);
Verify("the sum over both ways is what multiplying out gives, z = 3t³ + t² and so 9t² + 2t", byX + byY, 9 * t * t + 2 * t);
Verify("one way alone is wrong", Math.Abs(byX - (9 * t * t + 2 * t)) > 1);

Section("Many inputs: the gradient");

// With several inputs there is one rate for each. Written in a row they are the gradient, ∇f. For f(x, y) = x²y + y³ it is [2xy, x² + 3y²].
// It predicts what any small step (dx, dy) does: df ≈ ∂f/∂x dx + ∂f/∂y dy.
static Tensor Surface(Tensor p) => p[0].Square() * p[1] + p[1].Pow(3);

Tensor point = Tensor.From([1.0, 2.0]);
Tensor gradient = Differentiate.Grad(Surface)(point);
Verify("∇f(1, 2) = [2xy, x² + 3y²] = [4, 13]", gradient, Tensor.From([4.0, 13.0]));

Tensor step = Tensor.From([0.001, -0.002]);
double predicted = (gradient * step).Sum().Item<double>(), real = (Surface(point + step) - Surface(point)).Item<double>();
Say($"  for the step (0.001, -0.002) it predicts {predicted:g6}; f really moves by {real:g6}");
Verify("the prediction is off only by a square of the small step", real, predicted, 5e-5);

// Two rules are all there is: **multiply along a way, add over the ways**. The next lesson draws the ways.

// Exercises
// 1.1 y = sin(x²). What is dy/dx at x = 1.5? (a number)
// 1.2 z = p · q with p = t³ and q = 5 - t. What is dz/dt at t = 2? (a number)
// 1.3 y = ln(1 + exp(x)). Write dy/dx as an expression of x.

#:project ../src/ChainRule/ChainRule.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Inspect;
using static ChainRule.Learn.Board;

// # 2. Computational graphs, forward and backward by hand
//
// A formula of any size is a graph of small operations. Forward, each node computes its value from the nodes it reads. Backward, each
// node receives one number, *how much the result moves if I move*, and hands it on. That number is the node's gradient.

Section("A formula as a graph");

// L = (w x + b - y)², the squared error of the smallest model there is. Five operations, each with a name of its own.
double x = 2, w = 3, b = 1, y = 5;
double m = w * x;     // multiply
double s = m + b;     // add
double e = s - y;     // subtract
double L = e * e;     // square
Table(["node", "reads", "value"], [["m = w · x", "w, x", m], ["s = m + b", "m, b", s], ["e = s - y", "s, y", e], ["L = e²", "e", L]]);

Section("Backward by hand");

// Start at the end with dL/dL = 1 and walk against the arrows. At each node: what came in from above, times the local derivative.
// We write dm for ∂L/∂m, as every book on backpropagation does.
double dL = 1;
double de = dL * 2 * e;   // L = e²
double ds = de * 1;       // e = s - y
double dy = de * -1;
double dm = ds * 1;       // s = m + b: an addition hands on what it gets, to both
double db = ds * 1;
double dw = dm * x;       // m = w x: a product hands to each factor what it gets times the *other* factor
double dx = dm * w;
Table(["gradient", "came in", "local", "product"],
[
    ["de", dL, 2 * e, de], ["ds", de, 1.0, ds], ["dy", de, -1.0, dy], ["dm", ds, 1.0, dm],
    ["db", ds, 1.0, db], ["dw", dm, x, dw], ["dx", dm, w, dx],
]);

// One walk gave the derivatives by *all* inputs. Nudging would cost one more forward pass for each of them: for a network with a
// million weights, a million. That is the whole reason for going backward.
Tensor[] byLibrary = Differentiate.Grad((Tensor[] v) => (v[0] * v[1] + v[2] - v[3]).Square())([w, x, b, y]);
Verify("dw, dx, db, dy are the library's too", Tensor.From([dw, dx, db, dy]), Tensor.Stack(byLibrary));

Section("The picture");

// The library draws what it recorded: values and gradients in the nodes, local derivatives on the arrows. Follow any way from L back to w and multiply.
Tensor wt = Leaf(w), xt = Leaf(x), bt = Leaf(b), yt = y;
GraphView graph = GraphView.Of(() => (wt * xt + bt - yt).Square(), gradients: true, names: [("w", wt), ("x", xt), ("b", bt), ("y", yt)]);
Draw("02-graph.svg", graph.ToSvg());

Section("Where ways meet, gradients add");

// f = (a b)(a + b): both a and b are read twice. (In the code b is called c, because b is taken.) The gradient of a value that is read twice is the sum of what both readers send back.
double a = 2, c = 3;
double p = a * c, q = a + c;   // f = p q
double dp = q, dq = p;
double daByP = dp * c, daByQ = dq * 1;
Table(["way", "product"], [["a → p → f", daByP], ["a → q → f", daByQ], ["both: ∂f/∂a", daByP + daByQ]]);
Verify("f = a²b + ab², so ∂f/∂a = 2ab + b²", daByP + daByQ, 2 * a * c + c * c);

// The graph shows it as two arrows that leave a. This is also why a program must wait: a node may hand on its gradient only after *all* its
// readers have reported. Going through the nodes in the reverse of the order in which they were computed makes sure of it.
Tensor at = Leaf(a), ct = Leaf(c);
GraphView diamond = GraphView.Of(() => (at * ct) * (at + ct), gradients: true, names: [("a", at), ("b", ct)]);
Draw("02-two-ways.svg", diamond.ToSvg());
GraphViewNode leaf = diamond.Nodes.Single(node => node.Name == "a");
Say($"  the library writes at a: gradient {leaf.Gradient}");
Verify("two arrows leave a", diamond.Edges.Count(edge => diamond.Nodes[edge.From].Name == "a"), 2);

Section("A whole engine in thirty lines");

// With a list of what was computed, backward is a loop. Here is an engine for numbers: each node keeps whom it read, and the local derivatives.
var tape = new List<Number>();
Number A = Input(a), C = Input(c);
Number product = Times(A, C), sum = Plus(A, C), result = Times(product, sum);
result.Gradient = 1;
for (int i = tape.Count - 1; i >= 0; i--)
{
    foreach ((Number read, double local) in tape[i].Reads)
        read.Gradient += tape[i].Gradient * local;   // multiply along the way, add over the ways
}
Table(["node", "value", "gradient"], [["a", A.Value, A.Gradient], ["b", C.Value, C.Gradient], ["a b", product.Value, product.Gradient], ["a + b", sum.Value, sum.Gradient], ["f", result.Value, result.Gradient]]);
Verify("our engine finds ∂f/∂a", A.Gradient, 2 * a * c + c * c);
Verify("and ∂f/∂b", C.Gradient, a * a + 2 * a * c);

static Tensor Leaf(double value) => ((Tensor)value).RequiresGrad();   // a value whose gradient is asked for
Number Input(double value) => Record(new Number(value, []));
Number Plus(Number left, Number right) => Record(new Number(left.Value + right.Value, [(left, 1), (right, 1)]));
Number Times(Number left, Number right) => Record(new Number(left.Value * right.Value, [(left, right.Value), (right, left.Value)]));
Number Record(Number node)
{
    tape.Add(node);
    return node;
}

// Exercises
// 2.1 E = (w1 x1 + w2 x2)² + (w1 x1 - w2 x2)². Draw the graph, go back, and write ∂E/∂w1 as an expression of w1, w2, x1, x2.
// 2.2 The same E: ∂E/∂w2, as an expression.
// 2.3 L = (a b)(a - b) with a = 3 and b = -2. What is dL/db? (a number)

internal sealed record Number(double Value, (Number Read, double Local)[] Reads)
{
    public double Gradient { get; set; }
}

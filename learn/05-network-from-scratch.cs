#:project ../src/ChainRule/ChainRule.csproj
#:project ../src/ChainRule.Plots/ChainRule.Plots.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Nn.FromScratch;
using ChainRule.Plots;
using static ChainRule.Learn.Board;

// # 5. The network from scratch, and the seeds that fail
//
// Exclusive or, XOR, is 1 where exactly one of two bits is 1. No single neuron can learn it: no line parts its two kinds. A hidden layer of
// four can. We write the whole network down, train it, and then look at the half of all starts from which it does *not* learn.

Section("The whole network");

// Two layers in plain numbers, with forward, backward and update as in lesson 4. The columns are the four cases.
Tensor X = Tensor.From(new double[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } });
Tensor Y = Tensor.From(new double[,] { { 0, 1, 1, 0 } });
const int m = 4, steps = 2000;
const double rate = 0.5;

static Tensor[] Start(long seed, double deviation)
{
    var key = new RandomKey(seed);
    return [Normal([4, 2], key.Child(1)), Tensor.Zeros([4, 1], DType.Float64), Normal([1, 4], key.Child(2)), Tensor.Zeros([1, 1], DType.Float64)];
    Tensor Normal(Shape shape, RandomKey child) => Tensor.Normal(shape, child, 0, deviation, DType.Float64);
}

List<double> Train(Tensor[] p)
{
    var losses = new List<double>();
    for (int step = 0; step < steps; step++)
    {
        Tensor Z1 = p[0].MatMul(X) + p[1], A1 = Z1.Relu(), Z2 = p[2].MatMul(A1) + p[3], A2 = Z2.Sigmoid();
        losses.Add((Z2.Softplus() - Y * Z2).Sum().Item<double>() / m);   // the cross entropy, written so that no logarithm meets a 0
        Tensor dZ2 = A2 - Y;
        Tensor dZ1 = Tensor.Where(Z1 > 0, p[2].T.MatMul(dZ2), 0);
        p[0] -= rate * (dZ1.MatMul(X.T) / m);
        p[1] -= rate * (dZ1.Sum(1, keepDims: true) / m);
        p[2] -= rate * (dZ2.MatMul(A1.T) / m);
        p[3] -= rate * (dZ2.Sum(1, keepDims: true) / m);
    }
    return losses;
}

static double At(Tensor t, int row, int column) => t[row, column].Item<double>();
Tensor Answers(Tensor[] p) => (p[2].MatMul((p[0].MatMul(X) + p[1]).Relu()) + p[3]).Sigmoid();

// The seeds 1, 2, 3, ... are different starts. We take the first from which it learns.
long good = Seeds().First(seed => Train(Start(seed, 0.1))[^1] < 0.1);
Tensor[] network = Start(good, 0.1);
List<double> curve = Train(network);
Tensor answers = Answers(network);
Table(["x1", "x2", "wanted", "answer", "decision"],
    [.. Enumerable.Range(0, m).Select(i => (object[])[At(X, 0, i), At(X, 1, i), At(Y, 0, i), At(answers, 0, i), At(answers, 0, i) >= 0.5 ? 1 : 0])]);
double accuracy = ((answers >= 0.5).To(DType.Float64).EqualTo(Y)).To(DType.Float64).Mean().Item<double>();
Say($"  seed {good}, accuracy {accuracy:0%}, loss {curve[0]:g6} at first and {curve[^1]:g6} in the end");
Verify("all four cases are right", accuracy, 1);
Verify("a network that knows nothing says 1/2, and pays ln 2", curve[0], Math.Log(2), 1e-2);

// The library has the same network, ready to read: `NeuralNetwork`. Both must walk the same way, to the last bit.
var library = new NeuralNetwork([2, 4, 1], new RandomKey(good), deviation: 0.1);
Verify("the library's network has the same losses, bit by bit", library.Train(X, Y, steps, rate).SequenceEqual(curve));

Section("Nearly half of the seeds fail");

// The same program from 40 starts:
double[] ends = [.. Seeds().Take(40).Select(seed => Train(Start(seed, 0.1))[^1])];
Table(["ends at", "seeds", "what has been learned"],
[
    ["below 0.1", ends.Count(loss => loss < 0.1), "everything"],
    ["near 0.347", ends.Count(loss => Math.Abs(loss - Math.Log(2) / 2) < 0.01), "two cases; the others get 1/2"],
    ["near 0.477", ends.Count(loss => Math.Abs(loss - 0.4774) < 0.01), "one case; the other three get their mean"],
    ["near 0.693", ends.Count(loss => Math.Abs(loss - Math.Log(2)) < 0.01), "nothing"],
]);
int failures = ends.Count(loss => loss > 0.1);
Verify($"{failures} of 40 failed, nearly half", failures is > 10 and < 30);

long bad = Seeds().First(seed => ends[seed - 1] > 0.1);
double[] x = [.. Enumerable.Range(0, steps).Select(i => (double)i)];
Tensor[] failed = Start(bad, 0.1);
Draw("05-loss.svg", new Figure("XOR from two starts") { HasHead = false }
    .Add(new CurvePlot("loss", "step") { Scale = ValueScale.Linear }.Add(new CurveSeries($"seed {good} learns", x, curve)).Add(new CurveSeries($"seed {bad} is stuck", x, Train(failed)))).ToSvg());

Section("Why: units that see the same");

// A ReLU is on or off for each of the four cases, and its pattern limits what it can contribute: on the four cases the output is a sum of
// the constant and, for each unit, its pattern times 1, x1 and x2. All that these columns reach, whatever the weights, is a plane through
// 0; where it holds no numbers that are positive for the ones and negative for the zeros, no weights with these patterns solve XOR. It is
// not the number of patterns that decides: relu(x1 + x2 - 0.5) and relu(x1 + x2 - 0.1) are on in the same three cases, and
// -1 - 9.5 relu(x1 + x2 - 0.5) + 7.5 relu(x1 + x2 - 0.1) solves it. A unit that is off everywhere is dead: its gradient is 0, and it will never wake up.
string[] Patterns(Tensor[] p) => [.. Enumerable.Range(0, 4).Select(unit => string.Concat(Enumerable.Range(0, m).Select(i =>
    At(p[0].MatMul(X) + p[1], unit, i) > 0 ? '#' : '.')))];
Table(["hidden unit", $"seed {good}, learned", $"seed {bad}, stuck"], [.. Patterns(network).Zip(Patterns(failed)).Select((both, unit) => (object[])[$"{unit + 1}", both.First, both.Second])]);

double[][] Columns(IEnumerable<string> patterns) => [[1, 1, 1, 1], .. patterns.SelectMany(pattern => (double[][])
    [[.. pattern.Select(c => c == '#' ? 1.0 : 0)], [.. pattern.Select((c, i) => c == '#' ? At(X, 0, i) : 0)], [.. pattern.Select((c, i) => c == '#' ? At(X, 1, i) : 0)]])];

// Directions at right angles that reach the same; what is already reached leaves nothing. Least squares is then the sum of the shadows.
List<double[]> Directions(IEnumerable<string> patterns)
{
    var directions = new List<double[]>();
    foreach (double[] column in Columns(patterns))
    {
        double[] left = column;
        foreach (double[] one in directions)
            left = Minus(left, one, Dot(left, one));
        if (Dot(left, left) > 1e-12) directions.Add([.. left.Select(value => value / Math.Sqrt(Dot(left, left)))]);
    }
    return directions;
}

double[] Nearest(IEnumerable<string> patterns, double[] wanted) =>
    Directions(patterns).Aggregate(new double[m], (sum, one) => Minus(sum, one, -Dot(wanted, one)));
static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();
static double[] Minus(double[] a, double[] b, double times) => [.. a.Zip(b, (p, q) => p - times * q)];

double[] xor = [-1, 1, 1, -1];
Table(["on in", "directions", "nearest to -1 1 1 -1"], [.. new[] { Patterns(network), Patterns(failed), [".###"] }.Select(patterns => (object[])
    [string.Join(' ', patterns.Where(pattern => pattern != "....").Distinct()), Directions(patterns).Count, string.Join(' ', Nearest(patterns, xor).Select(value => $"{Math.Round(value, 3) + 0.0:0.###}"))])]);
Verify("what the learned network's patterns reach has XOR in it", Nearest(Patterns(network), xor).Zip(xor).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9));
Verify("so has what a single pattern reaches, that is on in three cases", Nearest([".###"], xor).Zip(xor).All(pair => Math.Abs(pair.First - pair.Second) < 1e-9));

// Under the stuck network's patterns the first two cases, a 0 and a 1, always get the same answer: all columns agree there. No weights part
// them, and no loss below ln(2) / 2 is reached. Only a unit that turned on for another case could help, and descent has come to rest without one.
Verify("the stuck network cannot tell the first two cases apart", Columns(Patterns(failed)).All(column => column[0] == column[1]));
Verify("its loss is near the best that its patterns reach", ends[bad - 1], Math.Log(2) / 2, 1e-2);

Section("What to do about it");

// Tiny weights make every unit begin alike. Larger ones (He: √(2 / inputs)) and more units make it likely that enough different ones are there from the start.
int[] fails = [failures, Failures(2, 4, 1), Failures(2, 8, 1), Failures(2, 16, 1)];
Table(["network", "weights", "failures of 40"], [["2-4-1", "0.1 · normal", fails[0]], ["2-4-1", "He", fails[1]], ["2-8-1", "He", fails[2]], ["2-16-1", "He", fails[3]]]);
Verify("larger weights help, more units help much more", fails[1] < fails[0] && fails[2] < fails[1] / 3 && fails[3] < fails[1] / 3);

int Failures(params int[] sizes) => Seeds().Take(40).Count(seed =>
    new NeuralNetwork(sizes, new RandomKey(seed)).Train(X, Y, steps, rate)[^1] > 0.1);
static IEnumerable<long> Seeds() => Enumerable.Range(1, 1000).Select(seed => (long)seed);

// Exercises
// 5.1 Write the code: extend the network to three layers, 2-4-4-1, and print its gradients. Begin with: chainrule learn start 5.1
// 5.2 A network gets one of the four cases exactly right, and of the other three, two are 0 and one is 1. The best it can do is to answer all three with their mean. What is its loss? (a number)
// 5.3 It gets two cases exactly right and answers the others, a 0 and a 1, with 1/2. What is its loss? (a number)

using System.Globalization;
using ChainRule;

// The right answer to exercise 5.1, or with SLIP one of the wrong ones.
string slip = Environment.GetEnvironmentVariable("SLIP") ?? "";
var key = new RandomKey(long.Parse(args[0], CultureInfo.InvariantCulture));
Tensor X = Tensor.From(new double[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } });
Tensor Y = Tensor.From(new double[,] { { 0, 1, 1, 0 } });
double m = slip == "no mean" ? 1 : 4;
Tensor W1 = Normal([4, 2], 1), b1 = Normal([4, 1], 2);
Tensor W2 = Normal([4, 4], 3), b2 = Normal([4, 1], 4);
Tensor W3 = Normal([1, 4], 5), b3 = Normal([1, 1], 6);
Tensor Z1 = W1.MatMul(X) + b1, A1 = Z1.Relu();
Tensor Z2 = W2.MatMul(A1) + b2, A2 = Z2.Relu();
Tensor Z3 = W3.MatMul(A2) + b3, A3 = Z3.Sigmoid();

Tensor dZ3 = A3 - Y, dW3 = dZ3.MatMul(A2.T) / m, db3 = Over(dZ3);
Tensor dZ2 = W3.T.MatMul(dZ3);
if (slip != "no mask") dZ2 = Tensor.Where(Z2 > 0, dZ2, 0);
Tensor dW2 = dZ2.MatMul(A1.T) / m, db2 = Over(dZ2);
Tensor dZ1 = Tensor.Where(Z1 > 0, W2.T.MatMul(dZ2), 0);
Tensor dW1 = dZ1.MatMul((slip == "wrong input" ? Z1[..2] : X).T) / m, db1 = slip == "wrong shape" ? Over(dZ1)[0] : Over(dZ1);
if (slip == "crash") throw new InvalidOperationException("I crash.");
foreach ((string name, Tensor value) in new[] { ("dW3", dW3), ("db3", db3), ("dW2", dW2), ("db2", db2), ("dW1", dW1), ("db1", db1) })
{
    if (slip == "silent" && name == "dW2") continue;
    Console.WriteLine($"{name} {string.Join(' ', value.ToArray<double>().Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}");
}

Tensor Over(Tensor dZ) => dZ.Sum(1, keepDims: true) / m;
Tensor Normal(Shape shape, int child) => Tensor.Normal(shape, key.Child(child), dtype: DType.Float64);

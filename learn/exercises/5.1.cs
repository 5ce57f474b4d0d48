#:project ../../src/ChainRule/ChainRule.csproj
#:property TreatWarningsAsErrors=false
using System.Globalization;
using ChainRule;

// Exercise 5.1: the network of lesson 5 with three layers, 2-4-4-1: ReLU, ReLU, sigmoid, and the cross entropy.
// The way forward is there. Write the way back, by hand, and put your gradients in the place of the zeros.
// Run it as it is to see what it prints; then: chainrule learn check 5.1 THIS-FILE
var key = new RandomKey(args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1);
Tensor X = Tensor.From(new double[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } });
Tensor Y = Tensor.From(new double[,] { { 0, 1, 1, 0 } });
long m = X.Shape[1];   // the number of samples
Tensor W1 = Normal([4, 2], 1), b1 = Normal([4, 1], 2);
Tensor W2 = Normal([4, 4], 3), b2 = Normal([4, 1], 4);
Tensor W3 = Normal([1, 4], 5), b3 = Normal([1, 1], 6);

Tensor Z1 = W1.MatMul(X) + b1, A1 = Z1.Relu();
Tensor Z2 = W2.MatMul(A1) + b2, A2 = Z2.Relu();
Tensor Z3 = W3.MatMul(A2) + b3, A3 = Z3.Sigmoid();

// Your part.
Tensor dW3 = Zeros(W3), db3 = Zeros(b3);
Tensor dW2 = Zeros(W2), db2 = Zeros(b2);
Tensor dW1 = Zeros(W1), db1 = Zeros(b1);

// What is checked: a line for each gradient.
foreach ((string name, Tensor value) in new[] { ("dW3", dW3), ("db3", db3), ("dW2", dW2), ("db2", db2), ("dW1", dW1), ("db1", db1) })
    Console.WriteLine($"{name} {string.Join(' ', value.ToArray<double>().Select(number => number.ToString("R", CultureInfo.InvariantCulture)))}");

Tensor Normal(Shape shape, int child) => Tensor.Normal(shape, key.Child(child), dtype: DType.Float64);
static Tensor Zeros(Tensor like) => Tensor.Zeros(like.Shape, DType.Float64);

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using ChainRule;
using ChainRule.Nn;
using ChainRule.Optim;
using ChainRule.Samples.Aot;

// Trains XOR and prints the same lines, from "parameters" on, as native code and on the runtime.
const int Steps = 200, Report = 50;

Console.WriteLine($"dynamic code {RuntimeFeature.IsDynamicCodeSupported}, compiled {RuntimeFeature.IsDynamicCodeCompiled}, {RuntimeInformation.RuntimeIdentifier}");
Console.WriteLine($"Avx512F {Avx512F.IsSupported}, Avx2 {Avx2.IsSupported}");

var model = new XorModel(new RandomKey(1));
string[] names = [.. model.NamedParameters().Select(parameter => parameter.Name)];
Console.WriteLine($"parameters: {string.Join(", ", names)}");
if (!names.SequenceEqual(XorModel.ParameterNames))
{
    Console.Error.WriteLine($"expected:   {string.Join(", ", XorModel.ParameterNames)}");
    return 1;
}

Tensor x = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
Tensor y = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };
var optimizer = new Adam(model.Parameters(), learningRate: 0.02);
var losses = new float[Steps];
for (int step = 0; step < Steps; step++)
{
    optimizer.ZeroGrad();
    Tensor loss = Loss.BinaryCrossEntropyWithLogits(model.Forward(x), y);
    loss.Backward();
    optimizer.Step();
    losses[step] = loss.Item<float>();
    if (step % Report == 0 || step == Steps - 1)
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}: loss {losses[step]:G9}"));
}
Console.WriteLine(model.Summary([4, 2]));

using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
foreach (Tensor parameter in model.Parameters())
    hash.AppendData(MemoryMarshal.AsBytes(parameter.ToArray<float>().AsSpan()));
Console.WriteLine($"weights {Convert.ToHexStringLower(hash.GetHashAndReset())}");

if (losses[^1] < losses[0] / 10)
    return 0;
Console.Error.WriteLine("The loss did not fall to a tenth.");
return 1;

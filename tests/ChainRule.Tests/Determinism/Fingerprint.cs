using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Determinism;

/// <summary>What remains of tensors when everything is forgotten but their bits.</summary>
internal static class Fingerprint
{
    /// <summary>The widest vectors that this process has, in bits; 0 for none.</summary>
    public static int VectorWidth =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    public static string Of(IEnumerable<Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Tensor tensor in tensors)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{tensor.DType}{tensor.Shape}"));
            // Every type but very large integers fits into a double; which NaN it is does not count.
            foreach (double value in tensor.ToArray<double>())
                hash.AppendData(BitConverter.GetBytes(double.IsNaN(value) ? double.NaN : value));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset()[..8]);
    }

    /// <summary>One line for each workload and each operation: its name and its fingerprint.</summary>
    public static string[] Lines() =>
    [
        .. Workload.All.Select(workload => $"{workload.Name}: {Of(workload.Run())}"),
        .. OpCases.All.Select(row => $"{row.Name}: {Of(row.Variants.SelectMany(variant => Results(row, variant)))}"),
    ];

    private static IEnumerable<Tensor> Results(OpCase row, Variant variant)
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor[] x = variant.Sample(new RandomKey(7), dtype);
            if (row.Order > 0)
                x = [.. x.Select((input, i) => variant.Operands[i].IsSampled ? input.RequiresGrad() : input)];
            Tensor y = variant.Function(x);
            yield return y.Detach();
            if (!y.IsTracked) continue;
            foreach (Tensor gradient in Differentiate.Gradients(y, [.. x.Where(input => input.IsTracked)], Tensor.Ones(y.Shape, y.DType)))
                yield return gradient;
        }
    }
}

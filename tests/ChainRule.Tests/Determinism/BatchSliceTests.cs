using ChainRule.Nn;
using ChainRule.Tests.Laws;

namespace ChainRule.Tests.Determinism;

/// <summary>What is computed for one sample does not depend on the others of its batch.</summary>
public sealed class BatchSliceTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 2, 3, 4 }, { 5, 2, 70 }, { 9, 50, 30 }, { 37, 65, 300 }, { 64, 48, 256 }, { 130, 129, 257 }, { 3, 517, 1025 }, { 257, 7, 11 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void A_row_of_a_product_does_not_depend_on_the_other_rows(int rows, int columns, int inner)
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor a = Sample(dtype, rows, inner), b = Sample(dtype, inner, columns);
            foreach (Tensor right in new[] { b, Sample(dtype, columns, inner).T })
            {
                Tensor whole = a.MatMul(right);
                foreach (int row in Enumerable.Range(0, rows).Where(row => row % 7 == 0 || row == rows - 1))
                {
                    Compare.SameBits(whole[row], a[row].MatMul(right), $"row {row} of {rows} alone, {dtype}");
                    int end = Math.Min(rows, row + 3);
                    Compare.SameBits(whole[row..end], a[row..end].MatMul(right), $"rows {row} to {end} of {rows}, {dtype}");
                }
            }
        }
    }

    [Fact]
    public void A_product_of_a_batch_does_not_depend_on_the_other_products()
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor a = Sample(dtype, 5, 33, 270), b = Sample(dtype, 5, 270, 49), whole = a.MatMul(b), shared = a.MatMul(b[0]);
            for (int i = 0; i < 5; i++)
            {
                Compare.SameBits(whole[i], a[i].MatMul(b[i]), $"product {i}, {dtype}");
                Compare.SameBits(shared[i], a[i].MatMul(b[0]), $"product {i} with one matrix, {dtype}");
            }
        }
    }

    [Fact]
    public void What_a_network_says_of_a_sample_does_not_depend_on_the_other_samples()
    {
        var key = new RandomKey(1);
        var model = new Sequential(new Linear(67, 130, key.Child(0)), new Gelu(), new Linear(130, 33, key.Child(1)), new Tanh(), new Linear(33, 5, key.Child(2)));
        Tensor x = Sample(DType.Float32, 101, 67), whole = model.Forward(x).Softmax();
        for (int i = 0; i < 101; i++)
        {
            Compare.SameBits(whole[i], model.Forward(x[i]).Softmax(), $"sample {i} without an axis");
            Compare.SameBits(whole[i..(i + 1)], model.Forward(x[i..(i + 1)]).Softmax(), $"a batch of sample {i}");
        }
    }

    private static Tensor Sample(DType dtype, params ReadOnlySpan<long> sizes) => Tensor.Normal(Shape.Create(sizes), new RandomKey(sizes[^1]), dtype: dtype);
}

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The product of several matrices in the order that takes the fewest multiplications; the first and the last may be vectors.</summary>
    /// <exception cref="ShapeException">There are fewer than two operands, one is no matrix, or the sizes do not fit.</exception>
    public static Tensor MultiDot(params ReadOnlySpan<Tensor> operands)
    {
        if (operands.Length < 2)
            throw new ShapeException($"MultiDot: a product needs at least two operands, not {operands.Length}.");
        Tensor[] x = operands.ToArray();
        foreach (Tensor operand in x)
            ArgumentNullException.ThrowIfNull(operand, nameof(operands));
        bool isRow = x[0].Rank == 1, isColumn = x[^1].Rank == 1;
        if (isRow)
            x[0] = x[0].Unsqueeze(0);
        if (isColumn)
            x[^1] = x[^1].Unsqueeze(1);
        for (int i = 0; i < x.Length; i++)
        {
            if (x[i].Rank != 2)
                throw new ShapeException($"MultiDot: operand {i} of shape {x[i].Shape} is no matrix.");
            if (i > 0 && x[i - 1].Shape[1] != x[i].Shape[0])
                throw new ShapeException($"MultiDot: operands {i - 1} and {i} do not fit: {x[i - 1].Shape[1]} columns meet {x[i].Shape[0]} rows.");
        }
        Tensor product = Multiply(x, Splits(x));
        if (isRow)
            product = product.Squeeze(0);
        return isColumn ? product.Squeeze(-1) : product;
    }

    // Where to split the chain from i to j for the fewest multiplications, shorter chains first (S. Godbole 1973).
    private static int[,] Splits(Tensor[] x)
    {
        var cost = new double[x.Length, x.Length];
        var split = new int[x.Length, x.Length];
        for (int length = 1; length < x.Length; length++)
        {
            for (int i = 0, j = length; j < x.Length; i++, j++)
            {
                cost[i, j] = double.PositiveInfinity;
                for (int k = i; k < j; k++)
                {
                    double trial = cost[i, k] + cost[k + 1, j] + (double)x[i].Shape[0] * x[k].Shape[1] * x[j].Shape[1];
                    if (trial < cost[i, j])
                        (cost[i, j], split[i, j]) = (trial, k);
                }
            }
        }
        return split;
    }

    // A product is done when both of its parts are: a stack instead of a recursion.
    private static Tensor Multiply(Tensor[] x, int[,] splits)
    {
        var done = new Stack<Tensor>();
        var open = new Stack<(int From, int To, bool AreParts)>();
        open.Push((0, x.Length - 1, false));
        while (open.TryPop(out (int From, int To, bool AreParts) chain))
        {
            if (chain.From == chain.To)
            {
                done.Push(x[chain.From]);
            }
            else if (chain.AreParts)
            {
                Tensor right = done.Pop(), left = done.Pop();
                done.Push(left.MatMul(right));
            }
            else
            {
                int split = splits[chain.From, chain.To];
                open.Push((chain.From, chain.To, true));
                open.Push((split + 1, chain.To, false));
                open.Push((chain.From, split, false));
            }
        }
        return done.Pop();
    }
}

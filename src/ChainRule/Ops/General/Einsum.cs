namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// A sum of products by labels of axes: <c>Einsum("ij,jk->ik", a, b)</c> is the matrix product. Labels that the result does not have are
    /// summed over; a label twice in one operand takes the diagonal; ... stands for any axes and broadcasts. Without an arrow the result
    /// has the axes of ... and then, in the order of their letters, the labels that stand once.
    /// </summary>
    /// <remarks>Operands are multiplied in pairs, the pair with the smallest product first. An axis of size 1 broadcasts.</remarks>
    /// <param name="equation">The labels: letters a to z and A to Z, spaces between them as you like.</param>
    /// <param name="operands">As many tensors as the equation names.</param>
    /// <exception cref="ArgumentException">The equation is not one; the message names the position.</exception>
    /// <exception cref="ShapeException">An operand has another number of axes than labels, or sizes of one label differ.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        if (operands.IsEmpty)
            throw new ArgumentException("Einsum: there are no operands.", nameof(operands));
        Tensor[] x = Floating(operands);
        EinsumEquation labels = EinsumEquation.Parse(equation, Array.ConvertAll(x, operand => operand.Shape));
        List<EinsumTerm> terms = [];
        for (int i = 0; i < x.Length; i++)
        {
            RequireEqualSizes(equation, i, x[i].Shape, labels.Operands[i]);
            terms.Add(EinsumTerm.Of(x[i], labels.Operands[i]));
        }
        Stretch(equation, terms);
        while (terms.Count > 1)
        {
            (int first, int second) = Cheapest(terms, labels.Result);
            (EinsumTerm a, EinsumTerm b) = (terms[first], terms[second]);
            terms.RemoveAt(second);
            terms.RemoveAt(first);
            terms.Add(EinsumTerm.Product(a, b, label => IsNeeded(label, labels.Result, terms)));
        }
        return terms[0].Summed(label => Array.IndexOf(labels.Result, label) >= 0).InOrder(labels.Result);
    }

    private static Tensor[] Floating(ReadOnlySpan<Tensor> operands)
    {
        Tensor[] x = operands.ToArray();
        DType dtype = DType.Float32;
        foreach (Tensor operand in x)
        {
            ArgumentNullException.ThrowIfNull(operand, nameof(operands));
            dtype = dtype.Promote(operand.DType);
        }
        return Array.ConvertAll(x, operand => operand.To(dtype));
    }

    private static void RequireEqualSizes(string equation, int operand, Shape shape, int[] labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            int first = Array.IndexOf(labels, labels[i]);
            if (shape[first] != shape[i])
                throw new ShapeException($"Einsum: label '{(char)labels[i]}' of \"{equation}\" is of size {shape[first]} and {shape[i]} in operand {operand} of shape {shape}: a diagonal needs equal sizes.");
        }
    }

    // Takes away axes of size 1 that meet larger ones; all others of one label must be equal.
    private static void Stretch(string equation, List<EinsumTerm> terms)
    {
        var sizes = new Dictionary<int, long>();
        foreach (EinsumTerm term in terms)
        {
            foreach (int label in term.Labels)
            {
                long size = term.SizeOf(label), other = sizes.GetValueOrDefault(label, 1);
                if (size != 1 && other != 1 && size != other)
                    throw new ShapeException($"Einsum: {(label < 0 ? $"axis {label} of the ellipsis" : $"label '{(char)label}'")} of \"{equation}\" is of size {other} in one operand and {size} in another.");
                sizes[label] = size == 1 ? other : size;
            }
        }
        for (int i = 0; i < terms.Count; i++)
        {
            foreach (int label in terms[i].Labels)
            {
                if (terms[i].SizeOf(label) != sizes[label])
                    terms[i] = terms[i].Without(label);
            }
        }
    }

    // The pair whose product adds least to what is held; the first of equal ones.
    private static (int First, int Second) Cheapest(List<EinsumTerm> terms, int[] result)
    {
        (int First, int Second) best = (0, 1);
        double least = double.PositiveInfinity;
        for (int i = 0; i < terms.Count && terms.Count > 2; i++)
        {
            for (int j = i + 1; j < terms.Count; j++)
            {
                double cost = CostOf(terms, i, j, result);
                if (cost < least)
                    (best, least) = ((i, j), cost);
            }
        }
        return best;
    }

    private static double CostOf(List<EinsumTerm> terms, int first, int second, int[] result)
    {
        (EinsumTerm a, EinsumTerm b) = (terms[first], terms[second]);
        EinsumTerm[] others = [.. terms.Where(term => term != a && term != b)];
        double size = 1;
        foreach (int label in a.Labels.Union(b.Labels))
        {
            if (IsNeeded(label, result, others))
                size *= a.Has(label) ? a.SizeOf(label) : b.SizeOf(label);
        }
        return size - a.Value.ElementCount - b.Value.ElementCount;
    }

    private static bool IsNeeded(int label, int[] result, IEnumerable<EinsumTerm> others) =>
        Array.IndexOf(result, label) >= 0 || others.Any(term => term.Has(label));
}

namespace ChainRule;

/// <summary>A tensor whose axes have labels, each once: an operand of <see cref="Tensor.Einsum"/> or a product on the way.</summary>
internal sealed record EinsumTerm(Tensor Value, int[] Labels)
{
    /// <summary>An operand, with its diagonals taken where a label repeats.</summary>
    public static EinsumTerm Of(Tensor value, int[] labels)
    {
        var kept = new List<int>(labels);
        for (int i = 0; i < kept.Count; i++)
        {
            int again = kept.IndexOf(kept[i], i + 1);
            if (again < 0) continue;
            long size = value.Shape[i];
            value = value.MoveAxis(again, -1).MoveAxis(i, -1).Flatten(-2, -1).Slice(-1, 0, size, size + 1);
            kept.Add(kept[i]);
            kept.RemoveAt(again);
            kept.RemoveAt(i);
            i--;
        }
        return new(value, [.. kept]);
    }

    public bool Has(int label) => Array.IndexOf(Labels, label) >= 0;

    public long SizeOf(int label) => Value.Shape[Array.IndexOf(Labels, label)];

    /// <summary>Without an axis of size 1, which broadcasts.</summary>
    public EinsumTerm Without(int label)
    {
        int axis = Array.IndexOf(Labels, label);
        return new(Value.Squeeze(axis), [.. Labels[..axis], .. Labels[(axis + 1)..]]);
    }

    /// <summary>Summed over the labels that nobody needs.</summary>
    public EinsumTerm Summed(Predicate<int> isNeeded)
    {
        int[] gone = Array.FindAll(Labels, label => !isNeeded(label));
        if (gone.Length == 0) return this;
        int[] axes = Array.ConvertAll(gone, label => Array.IndexOf(Labels, label));
        return new(Value.Sum(axes), Array.FindAll(Labels, isNeeded));
    }

    /// <summary>With its axes in the order of labels that are all its own.</summary>
    public Tensor InOrder(params int[] labels)
    {
        int[] order = Array.ConvertAll(labels, label => Array.IndexOf(Labels, label));
        return Value.Permute(order);
    }

    /// <summary>How many elements the axes with these labels have together.</summary>
    public long Count(int[] labels) => Shape.Create([.. Array.ConvertAll(labels, SizeOf)]).ElementCount;

    /// <summary>The product of two terms, summed over the labels that both have and nobody else needs: one batch of matrix products.</summary>
    public static EinsumTerm Product(EinsumTerm a, EinsumTerm b, Predicate<int> isNeeded)
    {
        a = a.Summed(label => isNeeded(label) || b.Has(label));
        b = b.Summed(label => isNeeded(label) || a.Has(label));
        int[] shared = Array.FindAll(a.Labels, b.Has);
        int[] batch = Array.FindAll(shared, isNeeded), inner = Array.FindAll(shared, label => !isNeeded(label));
        int[] left = Array.FindAll(a.Labels, label => !b.Has(label)), right = Array.FindAll(b.Labels, label => !a.Has(label));
        int[] labels = [.. batch, .. left, .. right];
        Shape shape = Shape.Create([.. Array.ConvertAll(labels, label => a.Has(label) ? a.SizeOf(label) : b.SizeOf(label))]);
        long count = a.Count(batch), rows = a.Count(left), terms = a.Count(inner), columns = b.Count(right);
        Tensor first = a.InOrder([.. batch, .. left, .. inner]).Reshape(count, rows, terms);
        Tensor second = b.InOrder([.. batch, .. inner, .. right]).Reshape(count, terms, columns);
        // Without a sum, or with nothing but one, a product of elements is the shorter way.
        Tensor product = inner.Length == 0 ? first * second
            : rows == 1 && columns == 1 ? (first.Squeeze(1) * second.Squeeze(2)).Sum(-1)
            : first.MatMul(second);
        return new(product.Reshape(shape), labels);
    }
}

namespace ChainRule.Tests.Autograd;

/// <summary>A random program over 2x2 matrices, run as written and with copies in step.</summary>
internal sealed class InPlaceProgram
{
    private readonly List<Value> _values = [];
    private RandomKey _key;

    public InPlaceProgram(int seed)
    {
        _key = new RandomKey(seed);
        for (int i = 0; i < 3; i++)
        {
            Tensor start = Drawn(), leaf = start.Clone(), copy = start.Clone();
            if (i < 2)
            {
                Leaves.Add(leaf.RequiresGrad());
                LeavesOfCopies.Add(copy.RequiresGrad());
            }
            _values.Add(new Value(leaf, new Memory(copy), x => x));
        }
    }

    public List<Tensor> Leaves { get; } = [];

    public List<Tensor> LeavesOfCopies { get; } = [];

    /// <summary>The sum of all values, each weighed differently, so that every way counts.</summary>
    public Tensor Loss => _values.Select((value, i) => (value.Tensor * (i + 0.5)).Sum()).Aggregate((a, b) => a + b) + Leaves.Aggregate((a, b) => a + b).Sum();

    public Tensor LossOfCopies => _values.Select((value, i) => (value.Copy * (i + 0.5)).Sum()).Aggregate((a, b) => a + b) + LeavesOfCopies.Aggregate((a, b) => a + b).Sum();

    public void Step()
    {
        Value a = _values[Next(_values.Count)], b = _values[Next(_values.Count)];
        switch (Next(10))
        {
            case 0: Compute(a, b, (x, y) => x + y); break;
            case 1: Compute(a, b, (x, y) => (x * y).Tanh()); break;
            case 2: Compute(a, b, (x, y) => x - y * 0.5); break;
            case 3: Compute(a, b, (x, _) => x.Square() * 0.1); break;
            case 4: Compute(a, b, (x, _) => x.Sin().Exp()); break;
            case 5: Compute(a, b, (x, y) => x.MatMul(y).Tanh()); break;
            case 6: View(a, x => x.T); break;
            case 7: View(a, x => x[1..]); break;
            case 8: View(a, x => x.Reshape(1, x.ElementCount)[.., ..1]); break;
            default: Change(a); break;
        }
    }

    private void Compute(Value a, Value b, Func<Tensor, Tensor, Tensor> operation)
    {
        // Parts of matrices are brought back to 2x2, so that all operations fit all operands.
        Func<Tensor, Tensor, Tensor> fitted = (x, y) => operation(x.BroadcastTo([2, 2]), y.BroadcastTo([2, 2]));
        _values.Add(new Value(fitted(a.Tensor, b.Tensor), new Memory(fitted(a.Copy, b.Copy)), x => x));
    }

    private void View(Value a, Func<Tensor, Tensor> view)
    {
        if (a.Tensor.ElementCount < 4) return;
        Tensor part = view(a.Tensor);
        bool isCopied = !ReferenceEquals(part.Storage, a.Tensor.Storage);
        _values.Add(isCopied ? new Value(part, new Memory(view(a.Copy)), x => x) : new Value(part, a.Memory, x => view(a.View(x))));
    }

    private void Change(Value a)
    {
        Tensor values = Drawn()[..(int)a.Tensor.Shape[0], ..(int)a.Tensor.Shape[1]];
        using (new NoGrad())
            a.Tensor.CopyFrom(values);
        Tensor before = a.Memory.Content.Detach(), after = before.Clone();
        a.View(after).CopyFrom(values);
        // The change is not recorded, so gradients flow as if it had not been.
        a.Memory.Content += after - before;
    }

    private Tensor Drawn() => Tensor.Normal([2, 2], Fresh(), dtype: DType.Float64);

    private int Next(int count) => (int)Tensor.Permutation(count, Fresh()).ToArray<long>()[0];

    private RandomKey Fresh() => _key = _key.Child(1);

    /// <summary>What shares memory as written, and stays one tensor among copies.</summary>
    private sealed class Memory(Tensor content)
    {
        public Tensor Content { get; set; } = content;
    }

    /// <summary>A tensor as written, and how to see it in the memory among copies.</summary>
    private sealed record Value(Tensor Tensor, Memory Memory, Func<Tensor, Tensor> View)
    {
        public Tensor Copy => View(Memory.Content);
    }
}

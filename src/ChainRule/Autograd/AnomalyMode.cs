using System.Globalization;
using System.Runtime.CompilerServices;
using ChainRule.Autograd;

namespace ChainRule;

/// <summary>
/// Finds where NaN comes from: <c>using (new AnomalyMode()) { ... }</c> throws at the first operation that makes a NaN or an
/// infinity out of finite numbers, forwards or while gradients flow back, and names the line that called it.
/// </summary>
/// <remarks>
/// It looks through every result and remembers every caller: an order of magnitude slower while it is on, without cost while it is
/// off. It watches the thread that made it. Numbers that were not finite when they went in raise no alarm, but a NaN made of
/// infinities (∞ - ∞) does. A derivative is judged by what flows on: infinite slopes that meet a cotangent of 0 do no harm.
/// An optimizer's step is judged by the parameters that it leaves: one that was finite must stay so, whatever its gradient was.
/// Scopes nest; the innermost decides. In an optimized build the compiler may give a call the line of its neighbour.
/// </remarks>
public sealed class AnomalyMode : IDisposable
{
    private const int ShownValues = 6;

    [ThreadStatic]
    private static AnomalyMode? _current;

    private static readonly ConditionalWeakTable<Node, Caller> Sites = [];

    private readonly AnomalyMode? _outer;
    private readonly Action<Op, Operands, Tensor>? _outerWitness;
    private readonly bool _allowInfinity;
    private Node? _visited;
    private bool _isDisposed;

    /// <summary>Begins to watch this thread.</summary>
    /// <param name="allowInfinity">Let infinities pass and stop at NaN alone.</param>
    public AnomalyMode(bool allowInfinity = false)
    {
        _allowInfinity = allowInfinity;
        _outer = _current;
        _outerWitness = _outer is null ? Interpreter.Witness : _outer._outerWitness;
        _current = this;
        Interpreter.Witness = Watch;
    }

    /// <summary>The innermost scope of this thread; null if none is open.</summary>
    internal static AnomalyMode? Current => _current;

    /// <summary>Ends the scope and goes back to the one around it.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _current = _outer;
        Interpreter.Witness = _outer is null ? _outerWitness : _outer.Watch;
    }

    /// <summary>The reverse rule of a recorded operation for one operand, watched as one step.</summary>
    internal Tensor? Flow(Node node, int operand, Tensor cotangent)
    {
        Op op = node.Op!;
        Tensor? flow = Quietly(node, () => op.Vjp(operand, node, cotangent));
        if (flow is null) return null;
        List<(string Name, Tensor Value)> read = [("the gradient that flowed in", cotangent)];
        if ((op.Keeps & Keeps.Inputs) != 0)
        {
            for (int i = 0; i < node.OperandCount; i++)
                read.Add(($"operand {i}", node.Input(i)));
        }
        if ((op.Keeps & Keeps.Output) != 0)
            read.Add(("the result", node.Output));
        if (Fault(flow, read) is { } position)
            throw Exception(op.Name, $"Backward of {op.Name}: the gradient by its operand {operand}", flow, position, read, SiteOf(node), isBackward: true);
        return flow;
    }

    /// <summary>The sum of two gradients that arrive at the result of an operation, or at a leaf.</summary>
    internal Tensor Sum(Node node, Tensor first, Tensor second)
    {
        Tensor sum = Quietly(node, () => first + second)!;
        List<(string Name, Tensor Value)> read = [("one gradient", first), ("the other", second)];
        string name = node.Op?.Name ?? "a leaf";
        if (Fault(sum, read) is { } position)
            throw Exception(name, $"Backward: the sum of the gradients that flow into {(node.Op is null ? name : $"the result of {name}")}", sum, position, read, SiteOf(node), isBackward: true);
        return sum;
    }

    /// <summary>An optimizer's update of one parameter, watched as one step.</summary>
    internal void Step(string optimizer, string name, Tensor parameter, Tensor gradient, Action update)
    {
        Tensor before = Tensor.Uninitialized(parameter.Shape, parameter.DType);
        TensorMemory.Copy(parameter, before);
        Interpreter.Witness = _outerWitness;
        try
        {
            update();
        }
        finally
        {
            Interpreter.Witness = Watch;
        }
        if (Fault(parameter, [("before", before)]) is { } position)
            throw Exception(optimizer, $"{optimizer}: after its step {name}", parameter, position, [("before", before), ("the gradient", gradient)], Caller.Here(), isBackward: false, "though it was finite before");
    }

    private static Caller? SiteOf(Node node) => Sites.TryGetValue(node, out Caller? site) ? site : null;

    private void Watch(Op op, Operands x, Tensor y)
    {
        _outerWitness?.Invoke(op, x, y);
        // What a level adds was watched as the operations below it.
        if (y.Record is LevelRecord) return;
        bool isInRule = _visited is not null;
        Caller? site = null;
        if (y.Record is Node node && (site = isInRule ? SiteOf(_visited!) : Caller.Here()) is not null)
            Sites.AddOrUpdate(node, site);
        if (isInRule) return;
        List<(string Name, Tensor Value)> operands = [];
        bool isOfNothing = true;
        for (int i = 0; i < x.Count; i++)
        {
            if (x[i].Record is LevelRecord) return;
            isOfNothing &= x[i].ElementCount == 0;
            operands.Add(($"operand {i}", x[i]));
        }
        // What a reduction gives for no elements at all is a convention.
        if (!isOfNothing && Fault(y, operands) is { } position)
            throw Exception(op.Name, op.Name + ": the result", y, position, operands, site ?? Caller.Here(), isBackward: false);
    }

    /// <summary>Where a number stands that is newly not finite; null if there is none.</summary>
    private long? Fault(Tensor y, List<(string Name, Tensor Value)> read)
    {
        NonFinite found = NonFinite.In(y);
        if (found == NonFinite.None || (_allowInfinity && !found.HasNaN)) return null;
        bool hadNaN = false, hadInfinity = false;
        foreach ((string _, Tensor value) in read)
        {
            NonFinite before = NonFinite.In(value);
            hadNaN |= before.HasNaN;
            hadInfinity |= before.HasInfinity;
        }
        if (hadNaN) return null;
        if (found.HasNaN) return found.FirstNaN;
        return hadInfinity ? null : found.FirstInfinity;
    }

    private T Quietly<T>(Node node, Func<T> compute)
    {
        Node? before = _visited;
        _visited = node;
        try
        {
            return compute();
        }
        finally
        {
            _visited = before;
        }
    }

    private NonFiniteException Exception(string operation, string what, Tensor y, long position, List<(string Name, Tensor Value)> read, Caller? site, bool isBackward, string origin = "made of numbers that were not")
    {
        // To read values runs operations, too.
        Interpreter.Witness = null;
        try
        {
            string calledAs = isBackward ? "its forward call was" : "it was called";
            string called = site is null ? isBackward ? "its forward call was recorded outside of this mode" : "its caller is unknown" : $"{calledAs} {site}";
            string message = $"{what} is {At(y, position)} at {NonFinite.Place(y.Shape, position)}, {origin}; {called}.";
            foreach ((string name, Tensor value) in read)
                message += $"\n  {name}: {Described(value, y.Shape, position)}";
            return new NonFiniteException(message) { Operation = operation, IsBackward = isBackward, File = site?.File, Line = site?.Line ?? 0 };
        }
        finally
        {
            Interpreter.Witness = Watch;
        }
    }

    // float32[2, 3] = 1, 0, 2, ...; 0 at [0, 1]
    private static string Described(Tensor x, Shape shape, long position)
    {
        var values = new List<string>();
        for (long i = 0; i < Math.Min(x.ElementCount, ShownValues); i++)
            values.Add(At(x, i));
        string place = x.Shape == shape && x.ElementCount > 1 ? $"; {At(x, position)} at {NonFinite.Place(shape, position)}" : "";
        return $"{x.DType.Lower()}{x.Shape} = {string.Join(", ", values)}{(x.ElementCount > ShownValues ? ", ..." : "")}{place}";
    }

    private static string At(Tensor x, long position)
    {
        double value = x.Bare.Detach().Flatten()[position].Item<double>();
        return double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : value.ToString("G6", CultureInfo.InvariantCulture);
    }
}

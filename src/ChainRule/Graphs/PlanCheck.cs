namespace ChainRule;

/// <summary>A replay beside eager execution: after each kernel, what it computed is computed by the single operations again and must have the same bits.</summary>
internal sealed class PlanCheck(Plan plan)
{
    private readonly Tensor?[] _eager = new Tensor?[plan.Graph.Nodes.Count];
    private readonly int[] _readers = new int[plan.Graph.Nodes.Count];

    /// <summary>Runs all kernels.</summary>
    public void Run()
    {
        foreach (GraphNode node in plan.Graph.Nodes)
        {
            foreach (int operand in node.OperandIds)
                _readers[operand]++;
            if (node.Kind is GraphNodeKind.Input or GraphNodeKind.State or GraphNodeKind.Captured or GraphNodeKind.Constant)
                _eager[node.Id] = plan.Layout[node.Id];
        }
        foreach (PlannedKernel kernel in plan.Kernels)
        {
            kernel.Run();
            foreach (int node in kernel.Nodes)
                Compare(plan.Graph.Nodes[node]);
        }
    }

    private void Compare(GraphNode node)
    {
        if (node.Kind == GraphNodeKind.Guard) return;
        if (node.Kind == GraphNodeKind.Draw)
        {
            // Drawn once; whether it is as eager execution draws shows in the function's results.
            _eager[node.Id] = PlannedMemory.Copy(plan.Layout[node.Id]);
            return;
        }
        Tensor expected = Eager(node.Id);
        if (!plan.IsInMemory[node.Id]) return;
        Tensor actual = plan.Layout[node.Id];
        if (PlannedMemory.FirstDifference(expected, actual) is >= 0 and long place)
            throw new CompileException($"Node %{node.Id}, {node.Name} with a result of shape {node.Shape}, differs from eager execution at {NonFinite.Place(node.Shape, place)}: {PlannedMemory.ElementText(actual, place)} instead of {PlannedMemory.ElementText(expected, place)}. This is a fault of the compiler, not of the function: please report it.\n{plan.Graph}");
    }

    // Operands that are views are made when they are asked for; their own operands were computed by earlier kernels.
    private Tensor Eager(int id)
    {
        if (_eager[id] is { } known) return known;
        var waiting = new Stack<int>([id]);
        while (waiting.TryPeek(out int next))
        {
            if (_eager[next] is not null)
            {
                waiting.Pop();
                continue;
            }
            GraphNode node = plan.Graph.Nodes[next];
            bool isReady = true;
            foreach (int operand in node.OperandIds)
            {
                if (_eager[operand] is not null) continue;
                waiting.Push(operand);
                isReady = false;
            }
            if (isReady)
                _eager[next] = Computed(node);
        }
        return _eager[id]!;
    }

    private Tensor Computed(GraphNode node)
    {
        var operands = new Tensor[node.OperandIds.Length];
        for (int i = 0; i < operands.Length; i++)
            operands[i] = _eager[node.OperandIds[i]]!;
        foreach (int operand in node.OperandIds)
        {
            // What has been read for the last time need not be kept.
            if (--_readers[operand] == 0)
                _eager[operand] = null;
        }
        if (node.Kind == GraphNodeKind.View)
        {
            Tensor memory = operands[0].ToContiguous();
            return memory.View(node.Tensor!.Shape, node.Tensor.Strides, memory.Offset + node.Tensor.Offset);
        }
        return Interpreter.Eager.Run(node.Op!, Operands.Of(operands));
    }
}

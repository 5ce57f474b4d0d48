using ChainRule.Inspect;

namespace ChainRule.Playground.Lab;

/// <summary>The coming training step as events that can be walked both ways: each operation forward, each gradient backward, each update.</summary>
public sealed class OperationWalk
{
    private readonly List<WalkEvent> _events = [];

    public OperationWalk(Trainer trainer)
    {
        (Tensor x, Tensor y) = trainer.Batch();
        GraphView view = GraphView.Of(() => Network.Loss(trainer.LossKind, trainer.Model.Apply(x), y), gradients: true, trainer.Model, [("x", x), ("y", y)]);
        GraphViewNode[] operations = [.. view.Nodes.Where(node => node.Kind == GraphViewNodeKind.Operation)];
        foreach (GraphViewNode node in operations)
            _events.Add(new("forward", node.Module, node.Formula, node.Shape.ToString(), node.Value?.ToString() ?? "", "The value is computed from its operands."));
        foreach (GraphViewNode node in view.Nodes.Reverse().Where(node => node.Gradient is not null))
            _events.Add(new("backward", node.Module, $"∂loss/∂{node.Name}", node.Shape.ToString(), node.Gradient!.ToString(), Why(view, node)));
        foreach ((string name, Tensor value) in trainer.Model.NamedParameters())
            _events.Add(new("update", name, $"{name} is moved against its gradient by {trainer.OptimizerKind}", value.Shape.ToString(), "", $"The learning rate is {trainer.Optimizer.LearningRate}."));
    }

    public IReadOnlyList<WalkEvent> Events => _events;

    public int Place { get; private set; }

    public bool IsOver => Place >= _events.Count;

    /// <summary>One event on, or on to the next layer or phase.</summary>
    public void Forward(bool byLayer)
    {
        WalkEvent here = _events[Place];
        do
            Place++;
        while (byLayer && !IsOver && _events[Place].Phase == here.Phase && _events[Place].Layer == here.Layer);
    }

    /// <summary>One event back, or back to where the layer or phase before begins.</summary>
    public void Backward(bool byLayer)
    {
        if (Place == 0) return;
        Place--;
        while (byLayer && Place > 0 && _events[Place - 1].Phase == _events[Place].Phase && _events[Place - 1].Layer == _events[Place].Layer)
            Place--;
    }

    /// <summary>Behind the last event, from where the step is walked backward.</summary>
    public void GoToEnd() => Place = _events.Count;

    public void GoTo(int place) => Place = Math.Clamp(place, 0, _events.Count);

    private static string Why(GraphView view, GraphViewNode node)
    {
        string[] readers = [.. view.Edges.Where(edge => edge.From == node.Id).Select(edge => view.Nodes[edge.To].Name).Distinct()];
        return readers.Length == 0
            ? "It starts with 1: the loss grows as fast as itself."
            : $"What comes back from {string.Join(" and ", readers)}, times the local derivative there{(readers.Length > 1 ? ", added up over the paths" : "")}.";
    }
}

namespace ChainRule.Optim;

public sealed partial class CompiledStep
{
    /// <summary>The plan for such arguments, and the results of one run, without keeping either: for a forecast of the memory.</summary>
    internal (Plan Plan, Tensor[] Results) Rehearse(Tensor[] inputs)
    {
        (Graph graph, Tensor[] results) = Recorder.Record(LossAndGradients, inputs);
        return (Planner.Make(Rewrites.Apply(graph)), results);
    }
}

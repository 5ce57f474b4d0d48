using System.Globalization;
using System.Text;

namespace ChainRule;

/// <summary>Says in words what a graph became.</summary>
internal static class Explanation
{
    private const int ShownMembers = 12;

    public static string Of(CompiledProgram program)
    {
        Plan plan = program.Latest;
        var text = new StringBuilder();
        int operations = plan.Kernels.Sum(kernel => kernel.Nodes.Length);
        text.AppendLine(CultureInfo.InvariantCulture, $"{plan.Graph.Nodes.Count} nodes, of which {operations} compute something in {plan.Kernels.Length} kernels; the others are arguments, constants and views.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Memory: {plan.ArenaBytes:N0} bytes in one piece, where the results beside each other would take {plan.ResultBytes:N0}; {InTilesOnly(plan)} results never leave the cache.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Recorded {program.Recordings} times, the last time in {program.RecordingTime.TotalMilliseconds:F1} ms; {program.Plans} of at most {CompiledProgram.MostPlans} plans are kept.");
        KernelTimes times = KernelTimes.Of(plan);
        text.AppendLine(CultureInfo.InvariantCulture, $"Times are the best of {times.Passes} runs on made-up arguments just now, {times.Microseconds.Where(double.IsFinite).Sum():F1} us in all; checks of values and functions of your own are not run.");
        for (int i = 0; i < plan.Kernels.Length; i++)
            text.AppendLine(Line(plan, plan.Kernels[i], times.Microseconds[i]));
        return text.ToString();
    }

    private static int InTilesOnly(Plan plan) => plan.Kernels.OfType<GroupKernel>().Sum(kernel => kernel.Nodes.Count(node => !plan.IsInMemory[node]));

    private static string Line(Plan plan, PlannedKernel kernel, double microseconds)
    {
        GraphNode first = plan.Graph.Nodes[kernel.Nodes[0]];
        string cost = double.IsFinite(microseconds) ? microseconds.ToString("F1", CultureInfo.InvariantCulture) + " us" : "not measured";
        string names = string.Join(", ", kernel.Nodes.Take(ShownMembers).Select(node => $"%{node} {plan.Graph.Nodes[node].Name}"));
        if (kernel.Nodes.Length > ShownMembers)
            names += $" and {kernel.Nodes.Length - ShownMembers} more";
        return $"{cost,14}  {Kind(kernel)} {plan.Graph.Nodes[kernel.Nodes[^1]].Shape}: {names}{Reason(kernel, first)}";
    }

    private static string Kind(PlannedKernel kernel) => kernel switch
    {
        GroupKernel { Nodes.Length: > 1 } => $"{kernel.Nodes.Length} fused",
        GroupKernel => "elementwise",
        DrawKernel => "draw",
        GuardKernel => "check",
        _ => "alone",
    };

    private static string Reason(PlannedKernel kernel, GraphNode node) => kernel switch
    {
        GroupKernel { Nodes.Length: > 1 } => "",
        GroupKernel => " (nothing else of its size could run beside it)",
        OperationKernel when node.Op is BilinearOp or AffineOp => " (a product has a kernel of its own)",
        OperationKernel when node.Shape.ElementCount == 0 => " (it has no elements)",
        OperationKernel => " (its elements depend on more than the elements in their place)",
        _ => "",
    };
}

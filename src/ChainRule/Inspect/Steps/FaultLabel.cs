namespace ChainRule.Inspect;

/// <summary>The cause of a fault by its common name, from the operation and the numbers that went in.</summary>
internal sealed class FaultLabel(StepRecording recording)
{
    private const string Overflow = "overflow", LogZero = "log 0", ByZero = "division by 0", OfNegative = "root of a negative number";

    private readonly ILookup<int, StepEvent> _forward = recording.Events.Where(one => one.Kind == StepEventKind.Forward).ToLookup(one => one.Node);

    /// <summary>What helps against a cause.</summary>
    public static string Cure(string label) => label switch
    {
        LogZero or "log of a negative number" => "Keep the argument above 0, or use a function that takes the logarithm itself: LogSoftmax, LogSigmoid, CrossEntropy.",
        "exp overflow" => "Subtract the maximum first, or use Softmax, LogSumExp, Sigmoid, which do.",
        "0/0" or ByZero => "Add a small number to the divisor, or choose with Where before dividing.",
        "sqrt at 0" or "slope infinite at 0" => "The slope is infinite there: add a small number under the root.",
        OfNegative or "power of a negative number" => "Clamp the argument at 0 first.",
        "0 x Inf" or "Inf - Inf" or "Inf/Inf" => "Find out why an infinite number is given; a mask should be large and finite, or go into Where.",
        Overflow => "The numbers are larger than the type holds: scale the inputs, lower the learning rate, or compute in float64.",
        "learning rate too high" => "Lower the learning rate, or clip gradients.",
        "dead ReLU" => "All its inputs are at most 0: use a smaller learning rate, He initialisation, or LeakyRelu.",
        "saturated sigmoid" or "saturated tanh" or "saturated softmax" => "Its inputs are so large that its slope rounds to 0: scale them down, or let the loss take the logits.",
        "branch not taken" or "not selected" => "Nothing in this batch takes this way; that may be right.",
        "clamped" => "All numbers lie at or beyond the bounds, where the slope is 0.",
        "constant sum" => "A softmax sums to 1 whatever goes in: what is computed from it must treat its classes differently.",
        "zero factor" => "What it is multiplied by is 0: initialise it differently, or look at why.",
        "exp underflow" or "underflow" => "The numbers are smaller than the type holds: scale them, or stay with logarithms.",
        "detached" => "Leave out Detach if the gradient is wanted.",
        "step function" => "Its derivative is 0 wherever it exists: use a smooth function, or a straight-through estimator (CustomFunction).",
        "not used" or "not part of the loss" => "Use it on the way to the loss, or leave it out.",
        "not tracked" => "Compute outside of NoGrad, from parameters with RequiresGrad().",
        _ => "",
    };

    /// <summary>Why an event made a number that is not finite.</summary>
    public string NonFinite(StepEvent made, StepVersion result)
    {
        if (made.Kind == StepEventKind.Update) return "learning rate too high";
        StepEvent? forward = made.Kind == StepEventKind.Forward ? made : ForwardOf(made);
        if (forward is null) return Overflow;
        int position = Array.FindIndex(Elements(recording.Tensors[made.Changes[0]], result), element => !double.IsFinite(element));
        double[] x = [.. forward.Reads.Select(read => At(read, forward, position))];
        return made.Kind == StepEventKind.Forward ? OfValue(forward.Op!, x, Elements(recording.Tensors[made.Changes[0]], result)[position]) : OfSlope(forward, x);
    }

    /// <summary>Why a rule gave 0 everywhere though what flowed in was not 0.</summary>
    public string Zero(StepEvent path)
    {
        if (ForwardOf(path) is not { } forward) return "local derivative 0";
        return forward.Op switch
        {
            ReluOp when All(forward, 0, x => x <= 0) => "dead ReLU",
            SigmoidOp or SoftplusOp => "saturated sigmoid",
            TanhOp or SoftsignOp or ErfOp => "saturated tanh",
            SoftmaxOp => new ZeroProduct(recording, path, forward).OfSoftmax(),
            ClampOp => "clamped",
            WhereOp or MaximumOp or MinimumOp => "branch not taken",
            GatherOp or TakeOp or SliceOp or MaxPoolPickOp => "not selected",
            ExpOp => "exp underflow",
            MultiplyOp or MatMulOp or AffineOp or DivideOp => new ZeroProduct(recording, path, forward).OfFactors(),
            SquareOp or PowOp or AbsOp when All(forward, 0, x => x == 0) => "flat at 0",
            _ => "local derivative 0",
        };
    }

    private static string OfValue(Op op, double[] x, double y) => op switch
    {
        LogOp or Log2Op or Log10Op => x[0] == 0 ? LogZero : "log of a negative number",
        Log1pOp => x[0] == -1 ? LogZero : "log of a negative number",
        ExpOp or Exp2Op or Expm1Op or SinhOp or CoshOp => "exp overflow",
        DivideOp => x[1] == 0 ? x[0] == 0 ? "0/0" : ByZero : double.IsInfinity(x[0]) && double.IsInfinity(x[1]) ? "Inf/Inf" : Overflow,
        ReciprocalOp => ByZero,
        RsqrtOp => x[0] == 0 ? ByZero : OfNegative,
        SqrtOp => OfNegative,
        PowOp => x[0] == 0 ? ByZero : x[0] < 0 && x[1] != Math.Floor(x[1]) ? "power of a negative number" : Overflow,
        AsinOp or AcosOp or AtanhOp or AcoshOp or LgammaOp or DigammaOp or ErfinvOp => "outside the domain",
        MultiplyOp when double.IsNaN(y) && (x[0] == 0 || x[1] == 0) => "0 x Inf",
        MatMulOp or AffineOp when double.IsNaN(y) => "0 x Inf",
        AddOp or SubtractOp or SumOp when double.IsNaN(y) => "Inf - Inf",
        _ => Overflow,
    };

    private string OfSlope(StepEvent forward, double[] x) => forward.Op switch
    {
        SqrtOp when Any(forward, 0, one => one == 0) => "sqrt at 0",
        NormOp or StdOp when Any(forward, 0, one => one == 0) => "sqrt at 0",
        PowOp when x[0] == 0 => "slope infinite at 0",
        LogOp or Log1pOp when Any(forward, 0, one => one <= 0) => LogZero,
        DivideOp or ReciprocalOp when x[^1] == 0 => ByZero,
        AsinOp or AcosOp or AtanhOp or AcoshOp => "outside the domain",
        MultiplyOp when x.Any(double.IsInfinity) => "0 x Inf",
        _ => Overflow,
    };

    private StepEvent? ForwardOf(StepEvent path) => path.Through is { } through ? _forward[through].FirstOrDefault() : null;

    // The element in the place of the result's; for one of another shape, the first that is unusual.
    private double At(int tensor, StepEvent forward, int position)
    {
        double[] elements = Elements(recording.Tensors[tensor], recording.Version(tensor, forward.Number - 1) ?? recording.Version(tensor, forward.Number)!);
        if (elements.Length == 0) return double.NaN;
        return recording.Tensors[tensor].Shape == recording.Tensors[forward.Changes[0]].Shape && position < elements.Length ? elements[position] : elements[0];
    }

    private bool All(StepEvent forward, int operand, Predicate<double> holds) => Array.TrueForAll(Operand(forward, operand), holds);

    private bool Any(StepEvent forward, int operand, Predicate<double> holds) => Array.Exists(Operand(forward, operand), holds);

    private double[] Operand(StepEvent forward, int operand) => operand < forward.Reads.Count
        ? Elements(recording.Tensors[forward.Reads[operand]], recording.Version(forward.Reads[operand], forward.Number)!) : [];

    private static double[] Elements(StepTensor tensor, StepVersion version) => version.ToTensor(tensor).ToArray<double>();
}

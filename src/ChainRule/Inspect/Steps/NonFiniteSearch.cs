namespace ChainRule.Inspect;

/// <summary>Follows a number that is not finite back to the event that made it of finite ones.</summary>
internal sealed class NonFiniteSearch(StepRecording recording)
{
    public Fault? Run()
    {
        int result = recording.Graph.Nodes.Single(node => node.IsResult).Id;
        StepTensor loss = recording.TensorOf(result, StepTensorKind.Value)!;
        StepVersion? start = recording.Versions(loss.Id).FirstOrDefault(IsBad);
        if (start is not null) return Follow(loss.Id, start);
        // The loss is well: the first gradient or parameter that is not.
        (StepTensor Tensor, StepVersion Version)? first = null;
        foreach (StepTensor tensor in recording.Tensors.Where(tensor => tensor.Kind is not StepTensorKind.Value || recording.Versions(tensor.Id).Count > 1))
        {
            if (recording.Versions(tensor.Id).FirstOrDefault(IsBad) is { } bad && (first is null || bad.Event < first.Value.Version.Event))
                first = (tensor, bad);
        }
        return first is { } found ? Follow(found.Tensor.Id, found.Version) : null;
    }

    private static bool IsBad(StepVersion version) => version.Shown.NonFiniteCount > 0;

    private Fault Follow(int tensor, StepVersion version)
    {
        // An infinity that was given, such as a mask, does no harm until something makes a NaN of it.
        Func<Fault>? madeNaN = null;
        while (version.Event > 0)
        {
            StepEvent made = recording.Events[version.Event - 1];
            bool hasNaN = HasNaN(tensor, version);
            (int Tensor, StepVersion Version)? cause = null;
            foreach (int read in made.Reads)
            {
                if (read == tensor && made.Kind == StepEventKind.Forward) continue;
                if (recording.Version(read, made.Number - 1) is not { } before || !IsBad(before)) continue;
                cause ??= (read, before);
            }
            // A sum is as bad as what was added.
            cause ??= made.Kind == StepEventKind.Accumulate && tensor != made.Changes[0] && recording.Version(made.Changes[0], made.Number) is { } product && IsBad(product) ? (made.Changes[0], product) : null;
            if (cause is not { } earlier || earlier.Version.Event > version.Event || (earlier.Tensor == tensor && earlier.Version.Event == version.Event)) return At(made, tensor, version);
            if (hasNaN && !HasNaN(earlier.Tensor, earlier.Version))
            {
                (int at, StepVersion then) = (tensor, version);
                madeNaN = () => At(made, at, then);
            }
            (tensor, version) = earlier;
        }
        if (madeNaN is not null) return madeNaN();
        StepTensor given = recording.Tensors[tensor];
        return new(FaultKind.NotFinite, "not finite from the beginning", given.Node, null,
            $"{given.Name} is {Word(tensor, version, out string place)} at {place} from the beginning: it was given so. Look at where it comes from: the data, an earlier step, a file.");
    }

    private Fault At(StepEvent made, int tensor, StepVersion version)
    {
        string word = Word(tensor, version, out string place);
        string name = recording.Tensors[tensor].Name;
        int blamed = made.Through ?? made.Node;
        string label = new FaultLabel(recording).NonFinite(made, version);
        string what = made.Kind switch
        {
            StepEventKind.Forward => made.Formula,
            StepEventKind.Update => $"the update {name} ← {made.Formula}",
            StepEventKind.Overwrite => $"{name}, overwritten in place,",
            _ => $"the gradient {name}, by the rule of {recording.Graph.Nodes[blamed].Formula},",
        };
        return new(FaultKind.NotFinite, label, blamed, made, $"{what} is {word} at {place}: {label}. {FaultLabel.Cure(label)}");
    }

    private bool HasNaN(int tensor, StepVersion version) => Array.Exists(version.ToTensor(recording.Tensors[tensor]).ToArray<double>(), double.IsNaN);

    private string Word(int tensor, StepVersion version, out string place)
    {
        double[] elements = version.ToTensor(recording.Tensors[tensor]).ToArray<double>();
        int position = Array.FindIndex(elements, element => !double.IsFinite(element));
        place = ChainRule.NonFinite.Place(recording.Tensors[tensor].Shape, position);
        return double.IsNaN(elements[position]) ? "NaN" : elements[position] > 0 ? "+Inf" : "-Inf";
    }
}

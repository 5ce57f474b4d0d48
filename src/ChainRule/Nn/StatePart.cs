namespace ChainRule.Nn;

/// <summary>A tensor that something must be given to go on from a file, and what to do with it.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">The shape that it must have.</param>
/// <param name="DType">The type that it must have.</param>
/// <param name="Take">Takes the values over.</param>
internal sealed record StatePart(string Name, Shape Shape, DType DType, Action<Tensor> Take)
{
    /// <summary>Gives each part its tensor, or none of them anything if one is missing, does not fit, or is not asked for.</summary>
    /// <returns>All that is wrong.</returns>
    public static List<string> Give(IReadOnlyList<StatePart> parts, IReadOnlyDictionary<string, Tensor> tensors)
    {
        List<string> problems = [.. parts.Select(part => part.Problem(tensors.GetValueOrDefault(part.Name))).OfType<string>()];
        problems.AddRange(tensors.Keys.Except(parts.Select(part => part.Name)).Order(StringComparer.Ordinal).Select(name => $"{name} is unexpected"));
        if (problems.Count > 0) return problems;
        foreach (StatePart part in parts)
            part.Take(tensors[part.Name]);
        return problems;
    }

    /// <summary>What is wrong with a tensor in this place, or null.</summary>
    public string? Problem(Tensor? tensor)
    {
        if (tensor is null)
            return $"{Name} is missing";
        if (tensor.Shape != Shape)
            return $"{Name} has shape {tensor.Shape}, but must have {Shape}";
        return tensor.DType != DType ? $"{Name} is {tensor.DType.Lower()}, but must be {DType.Lower()}" : null;
    }
}

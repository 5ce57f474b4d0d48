using ChainRule.Optim;

namespace ChainRule.Formats;

/// <summary>Files of what optimizers remember, in the safetensors format: training that is resumed goes on with the same bits.</summary>
public static class OptimizerFile
{
    /// <summary>Writes what the optimizer remembers of each parameter, its step counts and learning rates; not the parameters themselves.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(this Optimizer optimizer, string path)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Save(path, optimizer.State());
    }

    /// <summary>Lets an optimizer of the same kind, settings and parameters go on where another stopped.</summary>
    /// <remarks>
    /// Load the model first. A schedule takes the present rate for the first one: make its stepper before loading, and set its StepCount behind.
    /// </remarks>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="StateMismatchException">The file is of another optimizer, other settings or other parameters; the message lists all that does not fit.</exception>
    /// <exception cref="FileFormatException">The file is not exactly as the format says.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Load(this Optimizer optimizer, string path)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Load(path, optimizer.GetType().Name, optimizer.Restore);
    }

    /// <inheritdoc cref="Save(Optimizer, string)"/>
    public static void Save(this Lbfgs optimizer, string path)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Save(path, optimizer.State());
    }

    /// <inheritdoc cref="Load(Optimizer, string)"/>
    public static void Load(this Lbfgs optimizer, string path)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Load(path, nameof(Lbfgs), optimizer.Restore);
    }

    private static void Save(string path, OptimizerState state) =>
        Safetensors.Save(path, state.Tensors.Select(tensor => (tensor.Key, tensor.Value)), state.Notes);

    private static void Load(string path, string owner, Func<OptimizerState, IReadOnlyList<string>> restore)
    {
        SafetensorsFile file = Safetensors.Load(path);
        IReadOnlyList<string> problems = restore(new OptimizerState(file.Metadata, file.Tensors));
        if (problems.Count > 0)
            throw new StateMismatchException(path, owner, problems);
    }
}

using ChainRule.Nn;

namespace ChainRule.Formats;

/// <summary>Files of the parameters and buffers of modules, by their PyTorch names, in the safetensors format.</summary>
public static class ModuleFile
{
    /// <summary>Writes all parameters and buffers; the file is there whole or not at all.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <param name="metadata">Notes to keep with them.</param>
    /// <exception cref="InvalidOperationException">Two parameters or two buffers would have the same name.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(this Module module, string path, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        Safetensors.Save(path, [.. module.NamedParameters(), .. module.NamedBuffers()], metadata);
    }

    /// <summary>Reads all parameters and buffers, in place, so that optimizers keep them; or none if a name, a shape or a type does not fit.</summary>
    /// <remarks>Half and brain floats are read as float32. A parameter that is kept in several places has the name of the first.</remarks>
    /// <param name="module">The module.</param>
    /// <param name="path">The file.</param>
    /// <returns>The notes in the file.</returns>
    /// <exception cref="StateMismatchException">Something is missing, unexpected, or of another shape or type; the message lists all of it.</exception>
    /// <exception cref="FileFormatException">The file is not exactly as the format says.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Load(this Module module, string path)
    {
        ArgumentNullException.ThrowIfNull(module);
        SafetensorsFile file = Safetensors.Load(path);
        StatePart[] parts =
        [
            .. module.NamedParameters().Select(found => new StatePart(found.Name, found.Value.Shape, found.Value.DType, values => found.Value.CopyFrom(values))),
            .. new ModuleWalk(module).Buffers.Select(found => new StatePart(found.Name, found.Buffer.Value.Shape, found.Buffer.Value.DType, values => found.Buffer.Value = values)),
        ];
        using (new NoGrad())
        {
            List<string> problems = StatePart.Give(parts, file.Tensors);
            if (problems.Count > 0)
                throw new StateMismatchException(path, module.ToString(), problems);
        }
        return file.Metadata;
    }
}

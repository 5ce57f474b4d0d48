namespace ChainRule.Formats;

/// <summary>An element type of the format: its name there, its size, and the type in which it is read.</summary>
internal sealed record SafetensorsType(string Name, int Size, DType DType)
{
    /// <summary>Types of the format that no tensor here can hold.</summary>
    private static readonly string[] Foreign =
        ["U8", "I8", "U16", "I16", "U32", "U64", "C64", "F8_E4M3", "F8_E5M2", "F8_E8M0", "F6_E2M3", "F6_E3M2", "F4"];

    public static SafetensorsType Half { get; } = new("F16", 2, DType.Float32);

    public static SafetensorsType Brain { get; } = new("BF16", 2, DType.Float32);

    private static IReadOnlyList<SafetensorsType> Own { get; } =
    [
        new("BOOL", 1, DType.Bool),
        new("I32", 4, DType.Int32),
        new("I64", 8, DType.Int64),
        new("F32", 4, DType.Float32),
        new("F64", 8, DType.Float64),
    ];

    /// <summary>Whether the bytes of the file are those of the tensor.</summary>
    public bool IsOwn => Size == DType.Size();

    public static SafetensorsType Of(DType dtype) => Own.First(type => type.DType == dtype);

    /// <summary>The type of this name, or null with the reason.</summary>
    public static SafetensorsType? TryParse(string name, out string problem)
    {
        SafetensorsType? type = Own.Append(Half).Append(Brain).FirstOrDefault(type => type.Name == name);
        problem = Foreign.Contains(name)
            ? $"element type {name} is not supported; BOOL, I32, I64, F32, F64, F16 and BF16 are"
            : $"{Excerpt.Of(name)} is not an element type of the format";
        return type;
    }
}

namespace ChainRule;

/// <summary>The element type of a tensor, known at run time.</summary>
/// <remarks>Listed from narrow to wide: two types meet in the later one.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "These are the types' names in the field.")]
public enum DType
{
    /// <summary>Truth values, one byte each.</summary>
    Bool,

    /// <summary>32-bit signed integers; arithmetic wraps around.</summary>
    Int32,

    /// <summary>64-bit signed integers; arithmetic wraps around.</summary>
    Int64,

    /// <summary>IEEE 754 single precision, the default.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,
}

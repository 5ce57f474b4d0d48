using System.Globalization;

namespace ChainRule;

/// <summary>Facts about element types.</summary>
public static class DTypeExtensions
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType dtype) => dtype switch
    {
        DType.Bool => 1,
        DType.Int32 or DType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Whether the type holds fractions, and so can carry a gradient.</summary>
    public static bool IsFloating(this DType dtype) => dtype >= DType.Float32;

    /// <summary>The type in which two operands meet: the wider of the two, and never narrower than the wider kind.</summary>
    public static DType Promote(this DType dtype, DType other) => (DType)Math.Max((int)dtype, (int)other);

    /// <summary>The type of the elements in C#.</summary>
    internal static DType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return DType.Float32;
        if (typeof(T) == typeof(double)) return DType.Float64;
        if (typeof(T) == typeof(int)) return DType.Int32;
        if (typeof(T) == typeof(long)) return DType.Int64;
        if (typeof(T) == typeof(bool)) return DType.Bool;
        throw new DTypeException($"A tensor holds float, double, int, long or bool, not {typeof(T).Name}. Convert the elements first.");
    }

    /// <summary>Refuses a number that is no element type, which an enumeration can hold.</summary>
    internal static void RequireDefined(this DType dtype, string operation)
    {
        if ((uint)dtype > (uint)DType.Float64)
            throw new DTypeException($"{operation}: {(int)dtype} is no element type. Use one of {nameof(DType)}.Bool, Int32, Int64, Float32 and Float64.");
    }

    /// <summary>Refuses a type without fractions for something that learns.</summary>
    internal static DType RequireParameter(this DType dtype, string owner)
    {
        dtype.RequireDefined(owner);
        return dtype.IsFloating() ? dtype : throw new DTypeException($"{owner}: parameters are float32 or float64, not {dtype.Lower()}.");
    }

    /// <summary>Whether a number, without its fraction, lies in the range of the type.</summary>
    internal static bool Reaches(this DType dtype, double value) => dtype switch
    {
        DType.Int32 => value is > int.MinValue - 1.0 and < int.MaxValue + 1.0,
        DType.Int64 => value is >= long.MinValue and < -(double)long.MinValue,
        _ => true,
    };

    /// <summary>Refuses a number that lies outside the range of an integer type or has a fraction.</summary>
    internal static void RequireFit(this DType dtype, double value, string operation)
    {
        if (!dtype.Reaches(value) || (dtype is DType.Int32 or DType.Int64 && !double.IsInteger(value)))
            throw new DTypeException(string.Create(CultureInfo.InvariantCulture, $"{operation}: the value {value} does not fit {dtype.Lower()}. Use a floating type."));
    }

    /// <inheritdoc cref="RequireFit(DType, double, string)"/>
    internal static void RequireFit(this DType dtype, long value, string operation)
    {
        if (dtype == DType.Int32 && value != (int)value)
            throw new DTypeException(string.Create(CultureInfo.InvariantCulture, $"{operation}: the value {value} does not fit {dtype.Lower()}. Use {nameof(DType)}.{nameof(DType.Int64)}."));
    }

    internal static string Lower(this DType dtype) => dtype switch
    {
        DType.Bool => "bool",
        DType.Int32 => "int32",
        DType.Int64 => "int64",
        DType.Float32 => "float32",
        _ => "float64",
    };
}

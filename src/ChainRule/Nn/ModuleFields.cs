using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace ChainRule.Nn;

/// <summary>The fields of a module in which a parameter or a module may be kept; looked up once for each type.</summary>
/// <remarks>An automatic property is found by the field behind it, and so is a captured parameter of a primary constructor.</remarks>
internal static class ModuleFields
{
    private static readonly ConditionalWeakTable<Type, List<(string Name, FieldInfo Field)>> _known = [];

    /// <summary>What the module keeps, by the PyTorch name of its place: <c>weight</c> for Weight or _weight.</summary>
    public static IEnumerable<(string Name, object? Value)> Of(Module module)
    {
        Type type = module.GetType();
        if (!_known.TryGetValue(type, out List<(string Name, FieldInfo Field)>? fields))
        {
            fields = [];
            Find(type, fields);
            _known.AddOrUpdate(type, fields);
        }
        foreach ((string name, FieldInfo field) in fields)
            yield return (name, field.GetValue(module));
    }

    private static void Find([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.AllFields)] Type type, List<(string Name, FieldInfo Field)> fields)
    {
        if (type == typeof(Module)) return;
        Find(type.BaseType!, fields); // base classes first
        FieldInfo[] own = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
        foreach (FieldInfo field in own.OrderBy(field => field.HasMetadataToken() ? field.MetadataToken : 0))
        {
            if (MayHold(field.FieldType))
                fields.Add((PlaceName(field.Name), field));
        }
    }

    // Leaves out what cannot hold a parameter, above all long arrays and lists of numbers.
    private static bool MayHold(Type type) =>
        type.IsArray ? MayHold(type.GetElementType()!)
        : !type.IsValueType && type != typeof(string) && !type.IsAssignableTo(typeof(Delegate)) && type.GenericTypeArguments is var arguments
            && (arguments.Length == 0 || arguments.Any(MayHold));

    /// <summary>Weight, _weight and the compiler's &lt;Weight&gt;k__BackingField are weight; HiddenLayer is hidden_layer.</summary>
    internal static string PlaceName(string field)
    {
        if (field[0] == '<')
            field = field[1..field.IndexOf('>', StringComparison.Ordinal)];
        field = field.TrimStart('_');
        var name = new StringBuilder();
        for (int i = 0; i < field.Length; i++)
        {
            // A capital begins a word after a small letter or before one: QKVWeight is qkv_weight, Conv2D is conv2d.
            bool begins = char.IsUpper(field[i]) && i > 0 && field[i - 1] != '_'
                && (char.IsLower(field[i - 1]) || (i + 1 < field.Length && char.IsLower(field[i + 1])));
            if (begins)
                name.Append('_');
            name.Append(char.ToLowerInvariant(field[i]));
        }
        return name.ToString();
    }
}

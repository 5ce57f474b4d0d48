using ChainRule.Nn;
using ChainRule.Tests.Core;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Nn;

internal static partial class BadLayerCalls
{
    private static ModuleList List => [new Relu(), new Tanh()];

    private static ModuleDictionary Dictionary => new() { { "encoder", new Relu() } };

    private static IEnumerable<BadCall> Containers =>
    [
        .. Places("Sequential", place => new Sequential(new Relu(), new Tanh())[place], 2, -1, int.MinValue),
        .. NullArgument("Sequential", "layer", () => Added(() => new Sequential().Add(null!))),
        .. NullArgument("Branches", "branches", () => Branches.Sum((Module)null!), () => Branches.Sum(new Relu(), null!), () => Branches.Concatenate(0, new Relu(), null!)),
        .. Refused<ArgumentException>("Branches", ["Branches.Sum: ", "no branches"], () => Branches.Sum()),
        .. Refused<ArgumentException>("Branches", ["Branches.Concatenate: ", "no branches"], () => Branches.Concatenate(1)),
        .. Places("Branches", place => Branches.Sum(new Relu(), new Tanh())[place], 2, -1, int.MaxValue),
        .. Inputs("Branches", "Branches(2, added)", () => Branches.Sum(new Identity(), new Lambda(x => x.Sum(0))), Vector, Image),
        .. Refused<ShapeException>("Branches.Forward", ["Branches(2, concatenated along axis 0)", "[3]", "another []"], () => Branches.Concatenate(0, new Relu(), new Lambda(x => x.Sum())).Forward(Vector)),
        .. Refused<ShapeException>("Branches.Forward", ["Branches(1, concatenated along axis 2)", "[2, 3]"], () => Branches.Concatenate(2, new Relu()).Forward(Tensor.Zeros([2, 3]))),
        .. NullArgument("ModuleList", "module", () => new ModuleList((Module)null!), () => new ModuleList(new Relu(), null!), () => Added(() => List.Add(null!)), () => Added(() => List.Insert(0, null!))),
        .. NullArgument("ModuleList", "value", () => List[0] = null!),
        .. Places("ModuleList", place => List[place], 2, -1),
        .. Places("ModuleList", place => List[place] = new Relu(), 2, int.MaxValue),
        .. Places("ModuleList", place => Added(() => List.Insert(place, new Relu())), 3, -1, int.MaxValue),
        .. Refused<NotSupportedException>("ModuleList.Forward", ["ModuleList(2)", "no function"], () => List.Forward(Vector), () => List.Apply(Vector)),
        .. NullArgument("ModuleDictionary", "key", () => Dictionary[null!], () => Dictionary[null!] = new Relu(), () => Dictionary.ContainsKey(null!), () => Dictionary.TryGetValue(null!, out _)),
        .. NullArgument("ModuleDictionary", "name", () => Added(() => Dictionary.Add(null!, new Relu()))),
        .. NullArgument("ModuleDictionary", "module", () => Added(() => Dictionary.Add("decoder", null!))),
        .. NullArgument("ModuleDictionary", "value", () => Dictionary["decoder"] = null!),
        .. Refused<KeyNotFoundException>("ModuleDictionary", ["ModuleDictionary(encoder)", "decoder"], () => Dictionary["decoder"]),
        .. Refused<ArgumentException>("ModuleDictionary", ["ModuleDictionary", "name"], () => Added(() => Dictionary.Add("", new Relu())), () => Added(() => Dictionary.Add("a.b", new Relu())), () => Added(() => Dictionary.Add("encoder", new Relu()))),
        .. Refused<ArgumentException>("ModuleDictionary", ["ModuleDictionary", "key"], () => Dictionary[""] = new Relu(), () => Dictionary["a.b"] = new Relu()),
        .. Refused<NotSupportedException>("ModuleDictionary.Forward", ["ModuleDictionary(encoder)", "no function"], () => Dictionary.Forward(Vector), () => Dictionary.Apply(Vector)),
        .. NullArgument("Lambda", "function", () => new Lambda(null!)),
        .. NullArgument("Lambda.Forward", "x", () => new Lambda(x => x).Forward(null!)),
        .. Refused<InvalidOperationException>("Lambda.Forward", ["Lambda(nothing)", "null"], () => new Lambda(_ => null!, "nothing").Forward(Vector)),
        .. NullArgument("Residual", "inner", () => new Residual(null!), () => new Residual(null!, new Relu())),
        .. Inputs("Residual", "Residual(Flatten)", () => new Residual(new Flatten()), Series, Image),
        .. Refused<ShapeException>("Residual.Forward", ["Linear(4, 2)", "[3]"], () => new Residual(new Linear(4, 2)).Forward(Vector)),
        .. Refused<ShapeException>("Unflatten", ["Unflatten(1, ["], () => new Unflatten(1), () => new Unflatten(1, -2), () => new Unflatten(1, -1, -1), () => new Unflatten(1, 2, long.MinValue), () => new Unflatten(1, 1L << 62, 4)),
        .. Inputs("Unflatten", "Unflatten", () => new Unflatten(1, 3, 5), Vector, 1f, Image),
        .. Refused<ShapeException>("Unflatten.Forward", ["Unflatten(1, [-1, 0])", "[2, 0]"], () => new Unflatten(1, -1, 0).Forward(Tensor.Zeros([2, 0]))),
        .. Refused<ShapeException>("Unflatten.Forward", ["Unflatten: ", "axis", "[2, 4, 5]"], () => new Unflatten(3, -1).Forward(Series), () => new Unflatten(int.MinValue, -1).Forward(Series)),
    ];

    private static IEnumerable<BadCall> Places(string layer, Func<int, object?> call, params int[] places) =>
        places.SelectMany(place => Refused<ArgumentOutOfRangeException>(layer, [$"{layer}: ", "index"], () => call(place)));

    private static object? Added(Action add)
    {
        add();
        return null;
    }
}

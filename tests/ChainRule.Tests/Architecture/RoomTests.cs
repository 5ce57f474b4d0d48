namespace ChainRule.Tests.Architecture;

public sealed class RoomTests
{
    /// <summary>The rooms of src/ChainRule from the ground up: each row names all the rooms that it may use.</summary>
    private static readonly Room[] Rooms =
    [
        new("Memory"),
        new("Kernels", "Memory"),
        new("Core", "Kernels", "Memory"),
        new("Ops", "Core", "Kernels", "Memory"),
        new("Autograd", "Core", "Ops"),
        new("Graphs", "Core", "Ops"),
        new("Nn", [.. Engine]),
        new("Optim", [.. Engine, "Nn"]),
        new("Formats", [.. Engine, "Nn", "Optim"]),
        new("Data", [.. Engine, "Formats"]),
        new("Training", [.. Engine, "Nn", "Optim", "Formats", "Data"]),
        new("Inspect", [.. Engine, "Nn", "Optim", "Formats", "Data", "Training"]),
    ];

    private static IEnumerable<string> Engine => ["Memory", "Kernels", "Core", "Ops", "Autograd", "Graphs"];

    /// <summary>What the base library offers and a room may not use. (What nobody may use stands in BannedSymbols.txt.)</summary>
    private static readonly Ban[] Bans =
    [
        new("System.Linq.", "no LINQ on a hot path: write the loop", [.. AllBut("Memory", "Kernels")]),
        new("System.Threading.Tasks.Parallel", "use the worker team"),
        new("System.Threading.Tasks.ParallelOptions", "use the worker team"),
        new("System.Runtime.CompilerServices.Unsafe", "memory is touched in Memory, Kernels, Core and Ops only", "Memory", "Kernels", "Core", "Ops"),
    ];

    private static readonly string[] MayBeUnsafe = ["Memory", "Kernels", "Core", "Ops"];

    private static IEnumerable<string> AllBut(params string[] rooms) => Rooms.Select(room => room.Name).Except(rooms);

    [Fact]
    public void Dependencies_point_down_the_table_of_rooms()
    {
        Assert.NotEmpty(CompiledHouse.ChainRule.Uses);
        Breaches.None(new RoomRules(Rooms, Bans).Breaches(CompiledHouse.ChainRule));
    }

    [Fact]
    public void The_table_has_no_way_up()
    {
        for (int row = 0; row < Rooms.Length; row++)
            Assert.Subset(Rooms.Take(row).Select(room => room.Name).ToHashSet(), Rooms[row].MayUse.ToHashSet());
    }

    [Fact]
    public void Unsafe_code_stays_in_the_rooms_that_own_memory() =>
        Breaches.None(
            from file in SourceFile.All("src/ChainRule")
            where file.Says("unsafe") && !MayBeUnsafe.Contains(Room.Of(file.Path))
            select $"{file.Path}: unsafe code belongs in {string.Join(", ", MayBeUnsafe)}");

    [Fact]
    public void A_breach_is_found_wherever_it_hides()
    {
        // Fakes/ holds rooms of the same names that break the rules on purpose, one file for each way.
        var house = CompiledHouse.Read(typeof(RoomTests).Assembly.Location, "/Architecture/Fakes/");
        string[] found = [.. new RoomRules(Rooms, Bans).Breaches(house).Select(breach => breach.Split(": ")[0]).Distinct()];

        Assert.Equal(
        [
            "Attic/NoSuchRoom.cs",
            "Autograd/UsesKernel.cs",
            "Core/CallsBackward.cs",
            "Core/UsesOpType.cs",
            "Formats/UsesUnsafe.cs",
            "Kernels/CallsEntryPoint.cs",
            "Kernels/DerivesFromWord.cs",
            "Kernels/HoldsWord.cs",
            "Kernels/MakesWordInLambda.cs",
            "Kernels/NamesWordAsArgument.cs",
            "Kernels/UsesLinq.cs",
            "Nn/UsesParallel.cs",
        ], found);
    }
}

namespace ChainRule.Tests.Architecture;

/// <summary>Judges the uses in a compiled house by a table of rooms and a list of bans; each breach is one readable line.</summary>
internal sealed class RoomRules(IReadOnlyList<Room> rooms, IReadOnlyList<Ban> bans)
{
    public IEnumerable<string> Breaches(CompiledHouse house)
    {
        IEnumerable<string> homeless = house.Types
            .Where(type => rooms.All(room => room.Name != Room.Of(type.File)))
            .Select(type => $"{type.File}: the table has no room {Room.Of(type.File)}");
        return homeless.Concat(house.Uses.SelectMany(BreachesOf)).Distinct().Order(StringComparer.Ordinal);
    }

    private IEnumerable<string> BreachesOf(Use use)
    {
        string user = Room.Of(use.FromFile);
        if (use.ToFile is null)
            return from ban in bans
                   where ban.Covers(use.ToName) && !ban.OnlyIn.Contains(user)
                   select $"{use}: {ban.InsteadOrWhy}";

        string to = Room.Of(use.ToFile);
        return MayUse(user, to) || IsEntryPoint(use, user, to) ? [] : [$"{use}: {user} may not know {to}"];
    }

    private bool MayUse(string user, string to) =>
        user == to || rooms.Any(room => room.Name == user && room.MayUse.Contains(to));

    // The rules of the op families are written in tensors, so Core says x.Sum(axis) like everybody,
    // though the file of Sum stands in Ops: the method is a word of Tensor, the op's type is not.
    private static bool IsEntryPoint(Use use, string user, string to) =>
        user == "Core" && to == "Ops" && Room.Of(use.ToTypeFile!) == "Core";
}

namespace ChainRule;

/// <summary>A random key that a function derives: drawn anew at each replay, in the order in which the function did.</summary>
internal sealed class KeySlot(RandomKey from, KeySlot? parent, Func<RandomKey, RandomKey> derive)
{
    /// <summary>The key of the present replay.</summary>
    public RandomKey Key { get; private set; }

    public void Renew() => Key = derive(parent?.Key ?? from);
}

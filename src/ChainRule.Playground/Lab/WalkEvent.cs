namespace ChainRule.Playground.Lab;

/// <summary>One thing that happens in a training step.</summary>
/// <param name="Phase">forward, backward or update.</param>
/// <param name="Layer">The module it belongs to; empty for the loss.</param>
/// <param name="What">The formula.</param>
/// <param name="Shape">The shape of what comes out.</param>
/// <param name="Numbers">The numbers that come out, shortened.</param>
/// <param name="Why">What the reader should see in it.</param>
public sealed record WalkEvent(string Phase, string Layer, string What, string Shape, string Numbers, string Why);

namespace ChainRule.Tests;

/// <summary>
/// The collection of tests that set what the whole process shares, as the number of threads, or measure it, as what is
/// allocated: no other test runs meanwhile.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;

namespace ChainRule.Formats;

/// <summary>How far a training has come, for <see cref="TrainingCheckpoint"/>.</summary>
/// <param name="Epoch">The epoch that it is in, counted from 0.</param>
/// <param name="Batch">The next batch of that epoch, counted from 0; <c>batches.Epoch(epoch, batch)</c> goes on there.</param>
/// <param name="Step">The steps that were taken in all.</param>
/// <param name="Order">The key of the order of the data, if it has one: give it to the batches again.</param>
public readonly record struct TrainingPosition(long Epoch, long Batch, long Step, RandomKey? Order = null);

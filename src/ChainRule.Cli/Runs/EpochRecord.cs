namespace ChainRule.Cli.Runs;

/// <summary>What is known at the end of an epoch, or where one was cut short.</summary>
/// <param name="Epoch">Which, from 1.</param>
/// <param name="Steps">Steps since the start.</param>
/// <param name="Seconds">Seconds since the start.</param>
/// <param name="TrainLoss">Mean over the batches of the epoch.</param>
/// <param name="TrainAccuracy">Share of the examples that were right when they were learned from.</param>
/// <param name="TestLoss">Mean over the test part.</param>
/// <param name="TestAccuracy">Share of the test part that is right.</param>
internal sealed record EpochRecord(int Epoch, long Steps, double Seconds, double TrainLoss, double TrainAccuracy, double TestLoss, double TestAccuracy);

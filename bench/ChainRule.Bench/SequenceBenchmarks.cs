namespace ChainRule.Bench;

/// <summary>A small language model and an LSTM.</summary>
public static class SequenceBenchmarks
{
    /// <summary>Times the work whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock)
    {
        var model = new LanguageModel(batch: 16);
        clock.Time("gpt L4 C128 H4 T64 batch 16 step (AdamW) | eager", model.Step);
        clock.Time("gpt L4 C128 H4 T64 batch 16 inference", () => model.Infer());
        clock.Time("lstm 64-128 T32 batch 64 step (Adam) | eager", new SequenceNetwork(64, 32, 64, 128).Step);
    }
}

namespace ChainRule.Bench;

/// <summary>A small language model and an LSTM.</summary>
public static class SequenceBenchmarks
{
    /// <summary>Times the work whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock)
    {
        clock.Time("gpt L4 C128 H4 T64 batch 16 step (AdamW) | eager", new LanguageModel(batch: 16).Step);
        clock.Time("gpt L4 C128 H4 T64 batch 16 step (AdamW) | compiled", new LanguageModel(batch: 16).CompiledStep());
        clock.Time("gpt L4 C128 H4 T64 batch 16 inference", new LanguageModel(batch: 16).Inference());
        clock.Time("lstm 64-128 T32 batch 64 step (Adam) | eager", new SequenceNetwork(64, 32, 64, 128).Step);
        clock.Time("lstm 64-128 T32 batch 64 step (Adam) | compiled", new SequenceNetwork(64, 32, 64, 128).CompiledStep());
    }
}

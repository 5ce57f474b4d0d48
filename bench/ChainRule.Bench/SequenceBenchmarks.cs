namespace ChainRule.Bench;

/// <summary>A small language model and an LSTM.</summary>
public static class SequenceBenchmarks
{
    private const int Texts = 16, Sequences = 64, Time = 32, Inputs = 64, Hidden = 128;

    /// <summary>Times the work whose names are wanted.</summary>
    public static void Run(BenchmarkClock clock, Floors floors)
    {
        clock.Time("gpt L4 C128 H4 T64 batch 16 step (AdamW) | eager", new LanguageModel(Texts).Step, LanguageStep);
        clock.Time("gpt L4 C128 H4 T64 batch 16 step (AdamW) | compiled", new LanguageModel(Texts).CompiledStep(), LanguageStep);
        clock.Time("gpt L4 C128 H4 T64 batch 16 inference", new LanguageModel(Texts).Inference(), () => floors.OfArithmetic(Arithmetic.Language(Texts)));
        clock.Time("lstm 64-128 T32 batch 64 step (Adam) | eager", new SequenceNetwork(Sequences, Time, Inputs, Hidden).Step, SequenceStep);
        clock.Time("lstm 64-128 T32 batch 64 step (Adam) | compiled", new SequenceNetwork(Sequences, Time, Inputs, Hidden).CompiledStep(), SequenceStep);

        double LanguageStep() => floors.OfArithmetic(Arithmetic.LanguageStep(Texts));
        double SequenceStep() => floors.OfArithmetic(Arithmetic.SequenceStep(Sequences, Time, Inputs, Hidden));
    }
}

namespace ChainRule.Kernels;

/// <summary>The sizes of an LSTM over a sequence, and the order in which time goes.</summary>
internal readonly record struct LstmSizes(long Time, long Batch, long Hidden, bool Reverse)
{
    /// <summary>Sequences that a thread takes through time together: a tile of a product has as many rows.</summary>
    public const long Rows = 8;

    /// <summary>What is kept of each step: the gates i, f, g and o, the cell and the state.</summary>
    public const int Planes = 6;

    /// <summary>Elements of one step of one plane.</summary>
    public long Step => Batch * Hidden;

    /// <summary>Elements of one plane.</summary>
    public long Plane => Time * Step;

    /// <summary>Units of sequences.</summary>
    public long Units => (Batch + Rows - 1) / Rows;

    /// <summary>The time of a step, counted in the order in which they are taken.</summary>
    public long At(long step) => Reverse ? Time - 1 - step : step;
}

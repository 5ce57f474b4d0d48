namespace ChainRule.Cli.Runs;

/// <summary>How closely the gradient doctor looks at a run.</summary>
internal enum DoctorMode
{
    /// <summary>At few steps, so that a long training takes about 1 % longer.</summary>
    On,

    /// <summary>It says nothing; the layers are still measured, for the curves of the report.</summary>
    Off,

    /// <summary>More often and with histograms, for less than 5 % of the time; what it saw is kept in files.</summary>
    Full,
}

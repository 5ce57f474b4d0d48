namespace ChainRule.Bench;

/// <summary>Bytes that small operations and steps allocate, beside what they may.</summary>
public static class AllocationReport
{
    /// <summary>Prints one line for each.</summary>
    public static void Print(TextWriter output)
    {
        output.WriteLine($"{"",-36} {"bytes",6} {"budget",6}");
        foreach (AllocationCase row in AllocationCase.All)
            output.WriteLine($"{row.Name,-36} {row.Measure(),6} {AllocationCase.Budgets[row.Name],6}");
    }
}

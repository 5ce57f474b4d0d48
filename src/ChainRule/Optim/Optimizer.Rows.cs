namespace ChainRule.Optim;

public abstract partial class Optimizer
{
    // While the rows of a table are adjusted: which, and the same rows of what is remembered of it.
    private Tensor? _rows;
    private readonly List<Tensor?> _rowMemories = [];

    /// <summary>Whether the step of this parameter may pass over the rows that have no gradient.</summary>
    private protected virtual bool LeavesOtherRows(int index) => false;

    // The rows are taken out, adjusted like any parameter, and put back; so each formula is written once.
    private void StepRows(int index, Tensor parameter, RowGradient gradient)
    {
        Tensor rows = gradient.Rows.Contiguous();
        try
        {
            _rows = rows;
            Tensor values = parameter.Take(rows);
            Adjust(index, values, gradient.Values.Contiguous());
            Rows.Put(values, rows, parameter);
            foreach ((int which, Tensor? memory) in _rowMemories.Index())
            {
                if (memory is not null)
                    Rows.Put(memory, rows, _slots[index].Memories[which]);
            }
        }
        finally
        {
            _rows = null;
            _rowMemories.Clear();
        }
    }

    private Tensor RowsOf(Tensor memory, int which)
    {
        if (_rows is not { } rows) return memory;
        while (_rowMemories.Count <= which)
            _rowMemories.Add(null);
        return _rowMemories[which] ??= memory.Take(rows);
    }
}

using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>The axes of a copy from one layout to another, in the order that suits memory best: a copy may go in any order.</summary>
/// <remarks>Axis 0 is the innermost. Where source and target run along different axes, those two become axes 0 and 1 and are copied in squares.</remarks>
internal unsafe struct Transfer
{
    /// <summary>Bytes below which one block copy on this thread is best.</summary>
    public const long Block = 1 << 18;

    /// <summary>The side of a square in elements: a cache line of floats.</summary>
    private const long Side = 16;

    private int _rank;
    private long _sourceStart;
    private long _targetStart;
    private fixed long _sizes[MergedAxes.MaxRank];
    private fixed long _source[MergedAxes.MaxRank];
    private fixed long _target[MergedAxes.MaxRank];

    /// <summary>Orders and merges the axes. None of the sizes may be 0; strides may be empty for row-major.</summary>
    public static void Plan(out Transfer plan, ReadOnlySpan<long> sizes, ReadOnlySpan<long> source, ReadOnlySpan<long> target)
    {
        Unsafe.SkipInit(out plan);
        (plan._rank, plan._sourceStart, plan._targetStart) = (0, 0, 0);
        long rowMajor = 1;
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            plan.Insert(sizes[axis], source.IsEmpty ? rowMajor : source[axis], target.IsEmpty ? rowMajor : target[axis]);
            rowMajor *= sizes[axis];
        }
        plan.Merge();
        // At least two axes, so that there are always rows to go through.
        for (; plan._rank < 2; plan._rank++)
            (plan._sizes[plan._rank], plan._source[plan._rank], plan._target[plan._rank]) = (1, 0, 0);
        plan.PairInnermost();
    }

    /// <summary>Copies; the pointers are at the elements whose index is 0 on every axis.</summary>
    public void Run<T>(T* source, T* target) where T : unmanaged
    {
        fixed (Transfer* plan = &this)
        {
            long outer = 1;
            for (int axis = 2; axis < _rank; axis++)
                outer *= _sizes[axis];
            long bands = outer * ((_sizes[1] + Side - 1) / Side);
            long count = outer * _sizes[1] * _sizes[0];
            var work = new Work<T>(plan, source + _sourceStart, target + _targetStart, bands, count);
            WorkerTeam.Shared.Run(work.Parts, work);
        }
    }

    // Sorted by the target's steps, so that it is written in order; axes that run backwards in the target are turned round.
    private void Insert(long size, long source, long target)
    {
        if (size == 1)
            return;
        if (target < 0)
        {
            _sourceStart += (size - 1) * source;
            _targetStart += (size - 1) * target;
            (source, target) = (-source, -target);
        }
        if (_rank == MergedAxes.MaxRank)
            throw new NotSupportedException($"A layout of more than {MergedAxes.MaxRank} axes.");
        int place = _rank++;
        for (; place > 0 && _target[place - 1] > target; place--)
            (_sizes[place], _source[place], _target[place]) = (_sizes[place - 1], _source[place - 1], _target[place - 1]);
        (_sizes[place], _source[place], _target[place]) = (size, source, target);
    }

    private void Merge()
    {
        int rank = _rank;
        _rank = 0;
        for (int axis = 0; axis < rank; axis++)
        {
            int inner = _rank - 1;
            if (inner >= 0 && _source[axis] == _source[inner] * _sizes[inner] && _target[axis] == _target[inner] * _sizes[inner])
            {
                _sizes[inner] *= _sizes[axis];
                continue;
            }
            (_sizes[_rank], _source[_rank], _target[_rank]) = (_sizes[axis], _source[axis], _target[axis]);
            _rank++;
        }
    }

    private void PairInnermost()
    {
        int best = 0;
        for (int axis = 1; axis < _rank; axis++)
        {
            if (_source[axis] != 0 && Math.Abs(_source[axis]) < Math.Abs(_source[best]))
                best = axis;
        }
        if (best < 2)
            return;
        (_sizes[1], _sizes[best]) = (_sizes[best], _sizes[1]);
        (_source[1], _source[best]) = (_source[best], _source[1]);
        (_target[1], _target[best]) = (_target[best], _target[1]);
    }

    /// <summary>A band is up to 16 rows: 16 indices on axis 1, all of axis 0, one place on every other axis.</summary>
    private readonly struct Work<T>(Transfer* plan, T* source, T* target, long bands, long count) : IWork where T : unmanaged
    {
        // A single long row is cut as well.
        private readonly bool _isRow = plan->_rank == 2 && plan->_sizes[1] == 1;

        // Asked for once: another thread may change the team's size while the parts run.
        public int Parts { get; } =
            count <= Ranges.Alone || WorkerTeam.Shared.Threads == 1 ? 1
            : (int)Math.Min(4 * WorkerTeam.Shared.Threads, plan->_rank == 2 && plan->_sizes[1] == 1 ? plan->_sizes[0] / (Ranges.Alone / 2) : bands);

        public void Invoke(int part)
        {
            int parts = Parts;
            if (_isRow)
            {
                long size = plan->_sizes[0], first = size * part / parts, end = size * (part + 1) / parts;
                Runs.Copy(source + first * plan->_source[0], plan->_source[0], target + first * plan->_target[0], plan->_target[0], end - first);
                return;
            }
            // 128 bits, since bands times parts may not fit into 64.
            long last = (long)((Int128)bands * (part + 1) / parts);
            for (long band = (long)((Int128)bands * part / parts); band < last; band++)
                CopyBand(band);
        }

        private void CopyBand(long band)
        {
            (long outer, long row) = Math.DivRem(band, (plan->_sizes[1] + Side - 1) / Side);
            row *= Side;
            long rows = Math.Min(Side, plan->_sizes[1] - row);
            T* from = source + row * plan->_source[1];
            T* to = target + row * plan->_target[1];
            for (int axis = 2; axis < plan->_rank; axis++)
            {
                (outer, long index) = Math.DivRem(outer, plan->_sizes[axis]);
                from += index * plan->_source[axis];
                to += index * plan->_target[axis];
            }
            bool squares = Math.Abs(plan->_source[1]) < Math.Abs(plan->_source[0]);
            long step = squares ? Side : plan->_sizes[0];
            for (long column = 0; column < plan->_sizes[0]; column += step)
            {
                long columns = Math.Min(step, plan->_sizes[0] - column);
                for (long i = 0; i < rows; i++)
                {
                    Runs.Copy(
                        from + i * plan->_source[1] + column * plan->_source[0], plan->_source[0],
                        to + i * plan->_target[1] + column * plan->_target[0], plan->_target[0], columns);
                }
            }
        }
    }
}

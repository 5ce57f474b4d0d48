namespace ChainRule.Optim;

public abstract partial class Optimizer
{
    /// <summary>Does steps of which nothing remains while a <see cref="Memory.StorageLedger"/> is open, to see what memory they take.</summary>
    internal Rehearsal Rehearse() => new(this);

    /// <summary>Puts fresh slots in the place of the optimizer's own until it is disposed.</summary>
    internal sealed class Rehearsal : IDisposable
    {
        private readonly Optimizer _optimizer;
        private readonly Slot[] _own;

        public Rehearsal(Optimizer optimizer)
        {
            (_optimizer, _own) = (optimizer, [.. optimizer._slots]);
            for (int i = 0; i < _own.Length; i++)
                optimizer._slots[i] = new Slot(_own[i].Group);
        }

        /// <summary>Updates every parameter that learns, by these gradients; a parameter without one stays out.</summary>
        public void Step(Func<Tensor, Tensor?> gradientOf)
        {
            using (new NoGrad())
            {
                for (int i = 0; i < _optimizer._parameters.Count; i++)
                {
                    Tensor parameter = _optimizer._parameters[i];
                    if (!parameter.IsLeaf || gradientOf(parameter) is not { } gradient) continue;
                    _optimizer._slots[i].Steps++;
                    _optimizer.Update(i, parameter, _optimizer.Contiguous(i, gradient));
                }
            }
        }

        /// <summary>What is remembered of a parameter after the steps so far.</summary>
        public IEnumerable<Tensor> Memories(int index)
        {
            Slot slot = _optimizer._slots[index];
            return slot.ContiguousGradient is { } copy ? slot.Memories.Append(copy) : slot.Memories;
        }

        public void Dispose()
        {
            for (int i = 0; i < _own.Length; i++)
                _optimizer._slots[i] = _own[i];
        }
    }
}

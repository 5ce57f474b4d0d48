namespace ChainRule.Kernels;

/// <summary>An LSTM of float or double over whole sequences, forwards and backwards.</summary>
/// <typeparam name="TSigmoid">σ.</typeparam>
/// <typeparam name="TTanh">tanh.</typeparam>
internal static unsafe class LstmSequence<TSigmoid, TTanh>
    where TSigmoid : struct, IUnary
    where TTanh : struct, IUnary
{
    /// <summary>trace = i, f, g, o, c and h, each [time, batch, hidden], of inputs [time, batch, 4·hidden].</summary>
    public static void Forward<T>(in LstmSizes sizes, T* x, MatrixView<T> weight, T* hidden, T* cell, T* trace) where T : unmanaged =>
        WidestLane.Run<T, ForwardWork>(new(sizes, x, weight.Start, weight.Row, weight.Column, hidden, cell, trace));

    /// <summary>The cotangents of the inputs, the weight and the first states, from those of all states and, behind them, of the last cell.</summary>
    public static void Backward<T>(in LstmSizes sizes, T* trace, MatrixView<T> weight, T* hidden, T* cell, T* flow, T* inputs, T* weightFlow, T* hiddenFlow, T* cellFlow) where T : unmanaged
    {
        WidestLane.Run<T, BackwardWork>(new(sizes, trace, weight.Start, weight.Row, weight.Column, cell, flow, inputs, hiddenFlow, cellFlow));
        // Σ over time of (cotangents of the gates)ᵀ·(state before): the states before are those of the trace, one step late, after the first.
        long gates = 4 * sizes.Hidden, rows = (sizes.Time - 1) * sizes.Batch, step = 4 * sizes.Step;
        T* states = trace + 5 * sizes.Plane;
        T* later = sizes.Reverse ? inputs : inputs + step, before = sizes.Reverse ? states + sizes.Step : states;
        Gemm.Run(gates, sizes.Hidden, rows, later, 1, gates, before, sizes.Hidden, 1, weightFlow, sizes.Hidden);
        Gemm.Run(gates, sizes.Hidden, sizes.Batch, inputs + sizes.At(0) * step, 1, gates, hidden, sizes.Hidden, 1, weightFlow, sizes.Hidden, default(AccumulateEpilogue));
    }

    private readonly struct ForwardWork(LstmSizes sizes, void* x, void* weight, long row, long column, void* hidden, void* cell, void* trace) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
        {
            long size = sizes.Hidden;
            var scratch = new Scratch<T>(0, 0, PackedProduct<V, T>.Size(size, 4 * size), 0);
            fixed (byte* memory = scratch.Memory)
            {
                T* packed = scratch.Of(memory).Packed;
                PackedProduct<V, T>.Pack(size, 4 * size, new((T*)weight, column, row, 0), packed);
                Units.Run(sizes.Units, LstmSizes.Rows * sizes.Time * 4 * size * (size + 16), new LstmForward<V, T, TSigmoid, TTanh>(sizes, (T*)x, packed, (T*)hidden, (T*)cell, (T*)trace));
            }
            scratch.Return();
        }
    }

    private readonly struct BackwardWork(
        LstmSizes sizes, void* trace, void* weight, long row, long column, void* cell, void* flow, void* inputs, void* hiddenFlow, void* cellFlow) : ILaneWork
    {
        public void Invoke<T, V>() where T : unmanaged where V : struct, IVectorLane<V, T>
        {
            long size = sizes.Hidden;
            var scratch = new Scratch<T>(0, 0, PackedProduct<V, T>.Size(4 * size, size), 0);
            fixed (byte* memory = scratch.Memory)
            {
                T* packed = scratch.Of(memory).Packed;
                PackedProduct<V, T>.Pack(4 * size, size, new((T*)weight, row, column, 0), packed);
                Units.Run(
                    sizes.Units,
                    LstmSizes.Rows * sizes.Time * 4 * size * (size + 8),
                    new LstmBackward<V, T, TTanh>(sizes, (T*)trace, packed, (T*)cell, (T*)flow, (T*)inputs, (T*)hiddenFlow, (T*)cellFlow));
            }
            scratch.Return();
        }
    }
}

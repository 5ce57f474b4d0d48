namespace ChainRule.Kernels;

/// <summary>Goes through the windows of many planes; a plane belongs to one thread and its windows come in order.</summary>
internal static class WindowWalk
{
    public static void Run<TWork>(in WindowGrid windows, long planes, TWork work) where TWork : struct, IWindowWork =>
        Units.Run(planes, Math.Max(windows.OutputCount * windows.KernelCount, windows.InputCount), new Planes<TWork>(windows, work));

    private struct Planes<TWork>(WindowGrid windows, TWork work) : IRangeWork where TWork : struct, IWindowWork
    {
        private TWork _work = work;

        public void Invoke(long start, long end)
        {
            long line = windows.Width.Input, layer = windows.Height.Input * line, window = start * windows.OutputCount;
            for (long plane = start; plane < end; plane++)
            {
                for (long d = 0; d < windows.Depth.Output; d++)
                {
                    WindowSteps depth = WindowSteps.Of(windows.Depth, d, layer);
                    for (long h = 0; h < windows.Height.Output; h++)
                    {
                        WindowSteps height = WindowSteps.Of(windows.Height, h, line);
                        long covered = windows.Depth.Covered(d) * windows.Height.Covered(h);
                        for (long w = 0; w < windows.Width.Output; w++, window++)
                            _work.Invoke(window, new(plane * windows.InputCount, depth, height, WindowSteps.Of(windows.Width, w, 1), covered * windows.Width.Covered(w)));
                    }
                }
            }
        }
    }
}

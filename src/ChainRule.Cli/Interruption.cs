using System.Runtime.InteropServices;

namespace ChainRule.Cli;

/// <summary>Listens to Ctrl-C and its kin: the first asks for a clean end, the second ends the process as if nobody listened.</summary>
internal sealed class Interruption : IDisposable
{
    private const string ShowCursor = "\e[?25h";

    private readonly CancellationTokenSource _wanted = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly bool _isOnTerminal;
    private int _received;

    public Interruption(bool isOnTerminal)
    {
        _isOnTerminal = isOnTerminal;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Receive))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _wanted.Token;

    /// <summary>The first signal, or null.</summary>
    public PosixSignal? Signal { get; private set; }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _wanted.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        // Each signal comes on a thread of its own.
        if (Interlocked.Increment(ref _received) > 1)
        {
            if (_isOnTerminal)
                Console.Write(ShowCursor);
            return;
        }
        context.Cancel = true;
        Signal = context.Signal;
        _wanted.Cancel();
    }
}

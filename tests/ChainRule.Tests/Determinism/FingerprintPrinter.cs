using ChainRule.Tests.Determinism;
using ChainRule.Tests.Formats;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestPipelineStartup(typeof(FingerprintPrinter))]

namespace ChainRule.Tests.Determinism;

/// <summary>Lets this program print its fingerprint, or write checkpoints until it is killed, instead of running tests, if the environment asks for it.</summary>
public sealed class FingerprintPrinter : ITestPipelineStartup
{
    /// <summary>Names the file to write; the first line is the width of vectors.</summary>
    public const string Request = "CHAINRULE_FINGERPRINT";

    public ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        if (Environment.GetEnvironmentVariable(Request) is { Length: > 0 } path)
        {
            File.WriteAllLines(path, [$"{Fingerprint.VectorWidth}", .. Fingerprint.Lines()]);
            Environment.Exit(0);
        }
        if (Environment.GetEnvironmentVariable(EndlessWriter.Request) is { Length: > 0 } file)
            EndlessWriter.Run(file);
        return ValueTask.CompletedTask;
    }

    public ValueTask StopAsync() => ValueTask.CompletedTask;
}

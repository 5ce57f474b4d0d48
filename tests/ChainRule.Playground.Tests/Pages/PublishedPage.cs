using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ChainRule.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace ChainRule.Playground.Tests.Pages;

/// <summary>The page as it is published, served from its folder, and a browser. It is published once for all tests, and not again while its sources are the same.</summary>
public sealed class PublishedPage : IAsyncLifetime
{
    private static readonly string[] _sources = ["src/ChainRule", "src/ChainRule.Explain", "src/ChainRule.Playground"];

    private WebApplication? _server;
    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public string Address { get; private set; } = "";

    /// <summary>The folder that was published.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>Where pictures of the page go.</summary>
    public string Pictures { get; } = Path.Combine(SolutionFolder.Path, "artifacts", "playground");

    public async ValueTask InitializeAsync()
    {
        Folder = Path.Combine(Publish(), "wwwroot");
        Directory.CreateDirectory(Pictures);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        var files = new PhysicalFileProvider(Folder);
        var types = new FileExtensionContentTypeProvider { Mappings = { [".dat"] = "application/octet-stream", [".wasm"] = "application/wasm" } };
        _server.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        _server.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types });
        await _server.StartAsync();
        Address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/";
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static string Publish()
    {
        string folder = Path.Combine(SolutionFolder.Path, "artifacts", "playground-published"), stamp = Path.Combine(folder, "sources.sha256"), sources = HashOfSources();
        if (File.Exists(stamp) && File.ReadAllText(stamp) == sources) return folder;
        // What an earlier page had under other names would stay in it.
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = SolutionFolder.Path, RedirectStandardOutput = true };
        foreach (string argument in new[] { "publish", "-c", "Release", "--nologo", "src/ChainRule.Playground", "-o", folder })
            start.ArgumentList.Add(argument);
        using Process publish = Process.Start(start)!;
        string said = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"The page could not be published:\n{said}");
        File.WriteAllText(stamp, sources);
        return folder;
    }

    private static string HashOfSources()
    {
        IEnumerable<string> files = _sources.SelectMany(source => Directory.EnumerateFiles(Path.Combine(SolutionFolder.Path, source), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(SolutionFolder.Path, "Directory.*"));
        var text = new StringBuilder();
        foreach (string file in files.Order(StringComparer.Ordinal))
            text.Append(file).Append(' ').Append(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))).Append('\n');
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

using System.Diagnostics;
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

/// <summary>The page as it is published, served from its folder, and a browser. It is published once for all tests.</summary>
public sealed class PublishedPage : IAsyncLifetime
{
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
        string folder = Path.Combine(SolutionFolder.Path, "artifacts", "playground-published");
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = SolutionFolder.Path, RedirectStandardOutput = true };
        foreach (string argument in new[] { "publish", "-c", "Release", "--nologo", "src/ChainRule.Playground", "-o", folder })
            start.ArgumentList.Add(argument);
        using Process publish = Process.Start(start)!;
        string said = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        return publish.ExitCode == 0 ? folder : throw new InvalidOperationException($"The page could not be published:\n{said}");
    }
}

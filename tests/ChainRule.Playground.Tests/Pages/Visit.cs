using Microsoft.Playwright;

namespace ChainRule.Playground.Tests.Pages;

/// <summary>One visit to the page, which must end without an error in its console.</summary>
public sealed class Visit : IAsyncDisposable
{
    /// <summary>A machine may have other things to do.</summary>
    public static readonly PageWaitForFunctionOptions Patient = new() { Timeout = 120_000 };

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    private Visit(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    public IReadOnlyList<string> Errors => _errors;

    public static async Task<Visit> To(PublishedPage site, string fragment = "", int width = 1400, int height = 1000, bool isDark = false)
    {
        IBrowserContext context = await site.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(120_000);
        IPage page = await context.NewPageAsync();
        var visit = new Visit(context, page);
        page.PageError += (_, error) => visit._errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                visit._errors.Add(message.Text);
        };
        await page.GotoAsync(site.Address + fragment);
        await page.Locator("footer").WaitForAsync(new() { Timeout = 60_000 });
        return visit;
    }

    public async Task<string> Text(string selector) => await Page.Locator(selector).InnerTextAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

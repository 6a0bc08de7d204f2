using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;

[assembly: AssemblyFixture(typeof(Browser))]

namespace PremiumSupport.Tests.Hosting;

/// <summary>
/// One real Chromium for all journeys; each opens contexts of its own. Without a window's frame where that is installed: the engine is the same, and the frame's toolbar, a page itself, would cost every
/// page a third of its processor.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Whole = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] Frameless = ["/usr/bin/chromium-headless-shell", .. Whole];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A context with an empty profile, in which any script error or request to another host fails the test.</summary>
    public async Task<Visitor> VisitAsync(Uri address, string locale = "en-GB", string zone = "Europe/Berlin", ViewportSize? viewport = null, ColorScheme scheme = ColorScheme.Light) =>
        await VisitAsync(await LaunchAsync(), address, locale, zone, viewport, scheme);

    /// <summary>The same in a Chromium with processes of its own, which are known by a mark on their command line; it ends with the visitor.</summary>
    public async Task<Visitor> VisitAloneAsync(Uri address, string mark)
    {
        await LaunchAsync();
        return await VisitAsync(await StartAsync(Frameless, $"--{mark}"), address, "en-GB", "Europe/Berlin", null, ColorScheme.Light, isAlone: true);
    }

    /// <summary>The same in a whole Chromium of its own, for what only that has: notifications of the system.</summary>
    public async Task<Visitor> VisitWholeAsync(Uri address)
    {
        await LaunchAsync();
        return await VisitAsync(await StartAsync(Whole), address, "en-GB", "Europe/Berlin", null, ColorScheme.Light, isAlone: true);
    }

    private static async Task<Visitor> VisitAsync(IBrowser browser, Uri address, string locale, string zone, ViewportSize? viewport, ColorScheme scheme, bool isAlone = false)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            Locale = locale,
            TimezoneId = zone,
            ColorScheme = scheme,
            ViewportSize = viewport ?? new() { Width = 1440, Height = 900 },
        });
        return new Visitor(context, await context.NewPageAsync(), address, isAlone ? browser : null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    // Launched at the first visit, so that a run of pure tests costs no browser.
    private async Task<IBrowser> LaunchAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();

            // A loaded machine paints late; what is awaited is the event, not the clock.
            Assertions.SetDefaultExpectTimeout(20_000);
            return _browser ??= await StartAsync(Frameless);
        }
        finally
        {
            _gate.Release();
        }
    }

    private Task<IBrowser> StartAsync(string[] places, params string[] more) => _playwright!.Chromium.LaunchAsync(new()
    {
        ExecutablePath = places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("Chromium is missing; eng/test.sh installs it."),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", .. more],
    });
}

/// <summary>Somebody with a browser window, and what went wrong in it.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly IBrowser? _own;
    private readonly List<string> _strangers = [];
    private readonly List<string> _errors = [];

    internal Visitor(IBrowserContext context, IPage page, Uri address, IBrowser? own = null)
    {
        (_context, _own) = (context, own);
        Page = page;
        page.Request += (_, request) =>
        {
            var uri = new Uri(request.Url);
            if (uri.Scheme is "http" or "https" or "ws" or "wss" && uri.Host != address.Host)
            {
                _strangers.Add(request.Url);
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _errors.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Requests that left for another host; there must be none.</summary>
    public IReadOnlyList<string> Strangers => _strangers;

    /// <summary>Script errors and violations of the content security policy.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>An element by the name that the contract gives it.</summary>
    public ILocator Find(string testId) => Page.GetByTestId(testId);

    /// <summary>Opens a page of the console and returns when its circuit listens.</summary>
    public async Task OpenAsync(string path)
    {
        await Page.GotoAsync(path);
        await ListeningAsync();
    }

    /// <summary>Signs in to the console and returns when the page's circuit listens.</summary>
    public async Task SignInAsync(string email, string returnUrl = "/queue")
    {
        await Page.GotoAsync($"/account/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        await Page.Locator("[name='Input.Email']").FillAsync(email);
        await Page.Locator("[name='Input.Password']").FillAsync(SupportHost.Password);
        await Page.Locator("[name='Input.Password']").PressAsync("Enter");
        await Page.WaitForURLAsync($"**{returnUrl}");
        await ListeningAsync();
    }

    private Task ListeningAsync() => Assertions.Expect(Page.Locator("[data-interactive='true']")).ToBeAttachedAsync();

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
    }
}

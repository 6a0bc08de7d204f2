using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Journeys;
using static Microsoft.Playwright.Assertions;

namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>A customer on the chat page in a real browser, who writes on whether or not anybody is there. The page is never opened again.</summary>
internal sealed class CustomerPage(string name, string email, Visitor visitor, AckLog log) : IWriter
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly HashSet<int> _acknowledged = [];
    private PageWatch _watch = default!;
    private long _number;
    private int _next;

    public IReadOnlyList<string> Troubles => [.. visitor.Errors.Concat(visitor.Strangers).Select(error => $"{name}: {error}")];

    /// <summary>Opens a conversation with a first message and returns its number.</summary>
    /// <param name="find">Tells the number of the ticket that begins with that text.</param>
    public async Task<long> BeginAsync(Func<string, Task<long>> find)
    {
        await visitor.BecomeAsync(email);
        _watch = await PageWatch.BeginAsync(visitor, Acknowledge);
        await visitor.Page.GotoAsync("/chat?lang=en");
        await SayAsync();
        await Expect(visitor.Find("chat-message")).ToHaveAttributeAsync("data-seq", "1");
        _number = await find(Ack.TextOf(name, 0));
        foreach (var shown in _watch.Shown)
        {
            Acknowledge(shown);
        }

        return _number;
    }

    public async Task WriteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await SayAsync();
            await Task.Delay(ShortestPause * (1 + (2 * Random.Shared.NextDouble())), TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Expect(visitor.Page.Locator("[data-testid='chat-message'][data-seq='']")).ToHaveCountAsync(0, new() { Timeout = (float)Patience.TotalMilliseconds });
    }

    public async Task<IReadOnlyList<View>> ViewsAsync(long last)
    {
        var messages = await _watch.ReadAsync(last, Patience);
        return [new(_number, $"{name}'s page", messages), new(_number, $"{name}'s page, at some time", _watch.Shown, IsWhole: false)];
    }

    public ValueTask DisposeAsync() => visitor.DisposeAsync();

    private async Task SayAsync()
    {
        await visitor.Find("chat-input").FillAsync(Ack.TextOf(name, _next++));
        await visitor.Find("chat-send").ClickAsync();
    }

    /// <summary>A message of one's own that shows its sequence has been delivered, says the page.</summary>
    private void Acknowledge(Said shown)
    {
        if (_number != 0 && shown.Text.StartsWith($"{name} ", StringComparison.Ordinal))
        {
            var ordinal = int.Parse(shown.Text[(shown.Text.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            lock (_acknowledged)
            {
                if (_acknowledged.Add(ordinal))
                {
                    log.Write(new(_number, name, ordinal, shown.Sequence));
                }
            }
        }
    }
}

using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>
/// A specialist in the workspace in a real browser. Says one thing after the other and presses Send again whenever the page says that something was not sent, or has come back with the draft
/// after the server was gone.
/// </summary>
internal sealed class SpecialistPage(string name, string email, Visitor visitor, AckLog log) : IWriter
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(150);
    // So long nobody looks at a page that does not come back by itself.
    private static readonly TimeSpan Human = TimeSpan.FromSeconds(20);

    private readonly List<string> _openedByHand = [];
    private readonly List<string> _troubles = [];
    private PageWatch _watch = default!;
    private TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _number;

    public IReadOnlyList<string> Troubles => [.. _troubles.Concat(visitor.Errors.Where(error => !IsHangUp(error))).Concat(visitor.Strangers).Select(error => $"{name}: {error}")];

    /// <summary>When the page had not come back by itself and was opened again by hand: what it said then.</summary>
    public IReadOnlyList<string> OpenedByHand => _openedByHand;

    /// <summary>Ends once one more message of theirs is on disk.</summary>
    public Task NextSaid => _said.Task;

    /// <summary>Signs in and opens the ticket.</summary>
    public async Task JoinAsync(long number)
    {
        _number = number;
        await visitor.SignInAsync(email);
        _watch = await PageWatch.BeginAsync(visitor, _ => { });
        await visitor.OpenAsync($"/tickets/{number}");
    }

    public async Task WriteAsync(CancellationToken stop)
    {
        for (var ordinal = 0; !stop.IsCancellationRequested; ordinal++)
        {
            await SayAsync(Ack.TextOf(name, ordinal));
            log.Write(new(_number, name, ordinal, Sequence: null));
            Interlocked.Exchange(ref _said, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            await Task.Delay(ShortestPause * (1 + (2 * Random.Shared.NextDouble())), TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task<IReadOnlyList<View>> ViewsAsync(long last)
    {
        using var patience = new CancellationTokenSource(Patience);
        await BoxAsync(patience.Token);
        var messages = await _watch.ReadAsync(last, Patience);
        return [new(_number, $"{name}'s page", messages), new(_number, $"{name}'s page, at some time", _watch.Shown, IsWhole: false)];
    }

    public ValueTask DisposeAsync() => visitor.DisposeAsync();

    // What Blazor's own script says when the server dies under a call of its, the first included; the page comes back all the same.
    private static bool IsHangUp(string error) => error.Contains("/_framework/blazor.web", StringComparison.Ordinal)
        && (error.Contains("not in the 'Connected' State", StringComparison.Ordinal) || error.Contains("closed with status code: 1006", StringComparison.Ordinal) || error.Contains("Failed to fetch", StringComparison.Ordinal)
            || error.Contains("Circuit host not initialized", StringComparison.Ordinal));

    /// <summary>Returns when the box is empty again: what was in it is on disk.</summary>
    private async Task SayAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        var (isTyped, isPressed) = (false, false);
        while (true)
        {
            var there = await BoxAsync(patience.Token);
            if (there.Length == 0 && isPressed)
            {
                return;
            }

            if (there.Length == 0 && isTyped)
            {
                _troubles.Add($"the draft '{text}' is gone");
            }
            else if (there.Length > 0 && there != text)
            {
                throw new InvalidOperationException($"'{there}' stands in the box where '{text}' was written.");
            }

            try
            {
                if (there.Length == 0)
                {
                    await visitor.Find("reply-body").FillAsync(text, new() { Timeout = 2_000 });
                    isTyped = true;
                }
                else
                {
                    isPressed = true;
                    await visitor.Find("reply-send").ClickAsync(new() { Timeout = 2_000 });
                }
            }
            catch (Exception passing) when (passing is PlaywrightException or TimeoutException)
            {
                // The page is just being opened again.
            }
        }
    }

    /// <summary>What stands in the box as soon as one can write in it.</summary>
    private async Task<string> BoxAsync(CancellationToken patience)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                if (await visitor.Page.EvaluateAsync<string?>("() => { const box = document.querySelector('[data-testid=\"reply-body\"]'); return box && !box.readOnly ? box.value : null; }") is { } text)
                {
                    return text;
                }

                if (TimeProvider.System.GetElapsedTime(since) > Human)
                {
                    since = TimeProvider.System.GetTimestamp();
                    _openedByHand.Add(await visitor.Page.EvaluateAsync<string>(
                        "() => `${location.href} ${document.readyState} ${document.getElementById('components-reconnect-modal')?.className} ${document.getElementById('blazor-error-ui')?.style.display}`"));
                    await visitor.Page.ReloadAsync(new() { Timeout = 10_000 });
                }
            }
            catch (Exception passing) when (passing is PlaywrightException or TimeoutException)
            {
                // The page is just being opened again.
            }

            await Task.Delay(Glance, TimeProvider.System, patience);
        }
    }
}

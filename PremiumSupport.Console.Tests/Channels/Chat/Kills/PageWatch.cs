using System.Text.Json;
using Microsoft.Playwright;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>Notes every message that ever stands on a page, also between two looks at it and before the page was opened again.</summary>
internal sealed class PageWatch
{
    // Where a message is, what it says and which it is, on the customer's page and in the workspace.
    private const string Script = """
        (() => {
          const MESSAGES = '[data-testid="chat-message"], [data-testid="timeline-item"][data-kind="public"]';
          const known = new Set();
          const read = element => ({ seq: Number(element.dataset.seq), text: element.querySelector('.bubble-text, .words')?.textContent ?? '' });
          const look = element => {
            const { seq, text } = read(element);
            // While a page is still coming, a message is there before its words are; they come with a change of their own.
            if (!seq || !text || known.has(`${seq} ${text}`)) return;
            known.add(`${seq} ${text}`);
            window.premiumSupportShown(seq, text);
          };
          new MutationObserver(records => {
            for (const { target, addedNodes } of records) {
              if (target.closest) look(target.closest(MESSAGES) ?? target);
              for (const node of addedNodes) node.querySelectorAll && [node, ...node.querySelectorAll(MESSAGES)].forEach(each => each.matches(MESSAGES) && look(each));
            }
          }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-seq'] });
          // The workspace shows the end of a long conversation; what stands before comes by its button, as it does for a person.
          window.premiumSupportMessages = () => {
            document.querySelector('[data-testid="show-earlier"]')?.click();
            return [...document.querySelectorAll(MESSAGES)].map(read);
          };
        })();
        """;

    private readonly Lock _gate = new();
    private readonly List<Said> _shown = [];
    private readonly Visitor _visitor;

    private PageWatch(Visitor visitor) => _visitor = visitor;

    /// <summary>Everything that was shown, in the order of showing.</summary>
    public IReadOnlyList<Said> Shown
    {
        get
        {
            lock (_gate)
            {
                return [.. _shown];
            }
        }
    }

    /// <summary>Watches every page that the visitor opens from now on and calls the handler for each message that appears.</summary>
    public static async Task<PageWatch> BeginAsync(Visitor visitor, Action<Said> shown)
    {
        var watch = new PageWatch(visitor);
        await visitor.Page.ExposeFunctionAsync<int, string, bool>("premiumSupportShown", (sequence, text) =>
        {
            var said = new Said(sequence, text);
            lock (watch._gate)
            {
                watch._shown.Add(said);
            }

            shown(said);
            return true;
        });
        await visitor.Page.AddInitScriptAsync(Script);
        return watch;
    }

    /// <summary>What stands on the page, from top to bottom, once it has had the time to show so many.</summary>
    public async Task<IReadOnlyList<Said>> ReadAsync(long last, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        while (true)
        {
            try
            {
                var messages = (await _visitor.Page.EvaluateAsync<JsonElement>("() => window.premiumSupportMessages()")).EnumerateArray()
                    .Select(message => new Said(message.GetProperty("seq").GetInt64(), message.GetProperty("text").GetString()!)).ToList();
                if (messages.Count >= last || end.IsCancellationRequested)
                {
                    return messages;
                }
            }
            catch (PlaywrightException) when (!end.IsCancellationRequested)
            {
                // It is just being opened again.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, CancellationToken.None);
        }
    }
}

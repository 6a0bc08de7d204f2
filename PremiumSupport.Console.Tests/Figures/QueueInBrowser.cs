using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Figures;

/// <summary>How a list of rows is timed in a page.</summary>
internal static class QueueInBrowser
{
    // Presses a key as often as asked, one after the other, and takes the median from the press to the frame after the selection has moved.
    public const string Press = """
        async ([key, times]) => {
          const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
          const selected = () => document.querySelector('[aria-selected="true"]')?.dataset.ticket;
          const took = [];
          for (let i = 0; i < times; i++) {
            const before = selected(), start = performance.now();
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
            while (selected() === before && performance.now() - start < 5000) await frame();
            await frame();
            took.push(performance.now() - start);
          }
          took.sort((a, b) => a - b);
          return [took[times / 2], took[Math.floor(times * 0.95)]];
        }
        """;

    // Jumps to a place in the list and waits until a row stands where one looks.
    public const string Scroll = """
        async share => {
          const rows = document.querySelector('.rows'), start = performance.now();
          rows.scrollTop = rows.scrollHeight * share;
          const at = rows.getBoundingClientRect();
          const there = () => document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2)?.closest('[data-ticket]');
          do { await new Promise(done => requestAnimationFrame(() => setTimeout(done))); } while (!there() && performance.now() - start < 5000);
          return performance.now() - start;
        }
        """;

    /// <summary>When the document that is open now was first painted, in milliseconds from its navigation.</summary>
    public static Task<double> PaintAsync(Visitor visitor) => visitor.Page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
}

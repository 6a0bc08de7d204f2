using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Screens;

/// <summary>The one formatter of time left, asked in a real browser: every line of the badge table.</summary>
[Trait("Category", "Browser")]
public sealed class SlaTimeTests(SupportHost host, Browser browser) : IClassFixture<SupportHost>
{
    private const string Ask = """
        async cases => {
          const time = await import('/shared/sla-time.js');
          const now = Date.parse('2026-11-24T14:28:00Z');
          return cases.map(c => {
            const at = value => value === null || value === undefined ? null : now + value * 1000;
            const facts = { metric: 'firstResponse', commitment: c.commitment ?? 'guaranteed', calendar: c.calendar ?? '24x7', start: at(c.start ?? -1200), risk: at(c.risk ?? c.due - 450), due: at(c.due),
              answered: at(c.answered), breached: at(c.breached), open: (c.open ?? []).map(([a, b]) => [at(a), at(b)]), exceptions: (c.exceptions ?? []).map(([a, b]) => [at(a), at(b)]), waiting: at(c.waiting), merged: at(c.merged) };
            const said = time.describe(facts, now, { zone: 'Europe/Berlin' });
            return [said.state, said.look, said.text, said.label].join(' | ');
          });
        }
        """;

    [Fact]
    public async Task It_says_every_state_as_the_table_does()
    {
        (object Case, string Said)[] table =
        [
            (new { due = 8040 }, "on-track | on-track | 2h 14m | First response due in 2 hours 14 minutes, at 17:42, guaranteed"),
            (new { due = 720, risk = -1 }, "at-risk | at-risk | 12m | First response due in 12 minutes, at 15:40, guaranteed"),
            (new { due = 272, risk = -1 }, "at-risk | at-risk | 4:32 | First response due in 4 minutes 32 seconds, at 15:32, guaranteed"),
            (new { due = 0 }, "at-risk | at-risk | 0:00 | First response due in 0 seconds, at 15:28, guaranteed"),
            (new { due = -0.001 }, "breached | breached | −0:01 | First response overdue by 1 second, was due at 15:27, guaranteed"),
            (new { due = -59, commitment = "target" }, "breached | breached | −0:59 | First response overdue by 59 seconds, was due at 15:27, target"),
            (new { due = -300 }, "breached | breached | −5m | First response overdue by 5 minutes, was due at 15:23, guaranteed"),
            (new { due = 4800, exceptions = new[] { new[] { -10, 10 } } }, "paused | paused | 1h 20m left | First response paused by an exception until 15:28, 1 hour 20 minutes left, guaranteed"),
            (new { due = 9600, open = new[] { new[] { -1200, -600 }, [4800, 9600] }, exceptions = new[] { new[] { -600, 1200 }, [1200, 4800] } },
                "paused | paused | 1h 20m left | First response paused by an exception until 16:48, 1 hour 20 minutes left, guaranteed"),
            (new { due = -60, waiting = -360 }, "paused | paused | 5m left | First response paused while it waits for the customer, 5 minutes left, guaranteed"),
            (new { due = -60, merged = -10 }, "none | none | – | Carried on by another ticket"),
            (new { due = 62100, commitment = "target", calendar = "office", start = -20000, open = new[] { new[] { -20000, -1000 }, [59400, 62100] } },
                "on-track | closed | opens Wed 07:58 · 45m | First response: opens Wednesday 07:58, then 45 minutes left, target"),
            (new { due = 60, start = -1080, answered = 0 }, "met | met | ✓ 18m | First response met after 18 minutes, guaranteed"),
            (new { due = -400, answered = -40 }, "breached | late | late 6m | First response 6 minutes late, guaranteed"),
            (new { due = -400, answered = -399.5 }, "breached | late | late 0:01 | First response 1 second late, guaranteed"),
        ];
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.Page.GotoAsync("/account/login");
        var said = await visitor.Page.EvaluateAsync<string[]>(Ask, table.Select(line => line.Case).ToArray());
        Assert.Equal(table.Select(line => line.Said), said);
    }

    [Fact]
    public async Task A_day_of_another_year_says_its_year_and_one_of_this_year_does_not()
    {
        await using var visitor = await browser.VisitAsync(host.Address);
        await visitor.Page.GotoAsync("/account/login");
        var said = await visitor.Page.EvaluateAsync<string[]>("""
            async instants => {
              const { when } = await import('/shared/sla-time.js');
              return instants.map(at => when(Date.parse(at), Date.parse('2026-12-30T12:00:00Z'), { zone: 'Europe/Berlin' }));
            }
            """, new[] { "2026-12-30T08:00:00Z", "2027-01-02T08:00:00Z", "2027-12-30T08:00:00Z", "2025-11-25T10:10:00Z", "2026-11-25T10:10:00Z", "2026-12-31T23:30:00Z" });
        // Within six days the weekday says which, whatever the year.
        Assert.Equal(["09:00", "Sat 09:00", "30 Dec 2027 09:00", "25 Nov 2025 11:10", "25 Nov 11:10", "Fri 00:30"], said);
    }
}

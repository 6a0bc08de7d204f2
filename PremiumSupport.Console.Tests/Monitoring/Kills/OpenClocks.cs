using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Sla.Oracle;

namespace PremiumSupport.Tests.Monitoring.Kills;

/// <summary>A clock of the run, by the plan: which promise, from when, and when it is to be answered, if it is.</summary>
internal sealed record OpenClock(long Number, Channel Channel, bool IsCritical, string Requester, DateTimeOffset StartedAt, DateTimeOffset? AnswerAt);

/// <summary>A flag as an oracle expects it, or as the ledger has it.</summary>
internal sealed record Flag(long Number, string Step, DateTimeOffset At);

/// <summary>
/// Tickets whose warnings and breaches fall all over one simulated day, opened through the product's own intake, and an oracle that says when, by arithmetic of its own. The day begins on a
/// Monday at 17:00 in Berlin, where the office closes: promises by the business day were made in the afternoon before and fall due through the next.
/// </summary>
internal static class OpenClocks
{
    public const string Breach = "breach";
    public static readonly DateTimeOffset DayBegins = new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset DayEnds = DayBegins.AddHours(24.25);

    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    /// <summary>Opens so many, each at its own moment, a fifth of them to be answered: some in time, some too late.</summary>
    public static async Task<IReadOnlyList<OpenClock>> OpenAsync(IReadOnlyDictionary<string, string?> settings, int count)
    {
        await using var host = Quiet(settings, DayBegins);
        var plan = Plan(count).ToList();
        var opened = new List<OpenClock>(count);
        foreach (var chunk in plan.Chunk(250))
        {
            opened.AddRange(await Task.WhenAll(chunk.Select(clock => OpenAsync(host, clock))));
        }

        return opened;
    }

    /// <summary>The product on a database at a standing moment; nothing flags by itself.</summary>
    public static SupportHost Quiet(IReadOnlyDictionary<string, string?> settings, DateTimeOffset now)
    {
        var host = new SupportHost(settings, services =>
        {
            services.AddSingleton<TimeProvider>(new FakeTimeProvider(now));
            foreach (var alarm in services.Where(service => service.ServiceType == typeof(IHostedService) && QuietHost.IsAlarm(service)).ToList())
            {
                services.Remove(alarm);
            }
        });
        _ = host.Address;
        return host;
    }

    /// <summary>When the oracle wants which flag, given when it was answered.</summary>
    public static IEnumerable<Flag> Expected(OpenClock clock, DateTimeOffset? answeredAt, DateTimeOffset until)
    {
        var naive = Office();
        var isByDay = Target(clock) is null;
        var due = Target(clock) is { } target ? clock.StartedAt + target : naive.AddBusinessDays(clock.StartedAt, 1);
        var total = isByDay ? naive.OpenTime(clock.StartedAt, due) : due - clock.StartedAt;
        DateTimeOffset After(TimeSpan used) => isByDay ? naive.AddOpenTime(clock.StartedAt, used) : clock.StartedAt + used;
        var last = answeredAt < until ? answeredAt.Value : until;
        var steps = new List<Flag>
        {
            new(clock.Number, "50%", After(TimeSpan.FromMilliseconds(Math.Floor(total.TotalMilliseconds * 0.5)))),
            new(clock.Number, "75%", After(TimeSpan.FromMilliseconds(Math.Floor(total.TotalMilliseconds * 0.75)))),
        };
        if (total >= FiveMinutes * 2)
        {
            steps.Add(new(clock.Number, "-00:05:00", After(total - FiveMinutes)));
        }

        return [.. steps.Where(step => step.At <= last), .. due < last ? new[] { new Flag(clock.Number, Breach, due) } : []];
    }

    private static async Task<OpenClock> OpenAsync(SupportHost host, OpenClock clock)
    {
        var opened = await Measured.CommandsAt(host, new FakeTimeProvider(clock.StartedAt)).OpenAsync(
            new()
            {
                Channel = clock.Channel,
                Requester = new("acme", clock.Requester, null),
                Subject = "Nobody can sign in",
                Body = "Since nine.",
                IsBusinessCritical = clock.IsCritical,
                Criterion = clock.IsCritical ? ClaimCriterion.SignIn : null,
                Impact = clock.IsCritical ? "All of us." : null,
                PhoneNumber = clock.Channel == Channel.Phone ? System.FormattableString.Invariant($"+1617555{clock.Number % 10_000:0000}") : null,
                ClientMessageId = $"clock-{clock.Number}",
            },
            Caller.System);
        Assert.True(opened.IsDone, opened.Refusal?.Message);
        Assert.Equal(clock.StartedAt, opened.Value!.SentAt);
        return clock with { Number = opened.Value.Number };
    }

    private static IEnumerable<OpenClock> Plan(int count)
    {
        var random = new Random(20_260_302);
        for (var index = 0; index < count; index++)
        {
            var (channel, isCritical, requester) = (index % 10) switch
            {
                0 or 1 => (Channel.Email, true, "sofia@acme.example"),
                2 or 3 => (Channel.Email, false, "haruka@acme.example"),
                4 or 5 => (Channel.Chat, false, "niko@acme.example"),
                6 => (Channel.Phone, false, "sofia@acme.example"),
                7 => (Channel.Mailbox, false, "sofia@acme.example"),
                _ => (Channel.Email, false, "uwe@acme.example"),
            };
            var clock = new OpenClock(index, channel, isCritical, requester, default, null);
            var target = Target(clock);
            var start = target is null
                ? DayBegins - TimeSpan.FromMilliseconds(random.NextInt64(1, 4 * 3_600_000))
                : DayBegins + TimeSpan.FromMilliseconds(random.NextInt64(0, (long)(TimeSpan.FromHours(24) - target.Value).TotalMilliseconds));
            var length = target ?? TimeSpan.FromHours(24);
            DateTimeOffset? answer = channel != Channel.Phone && random.Next(5) == 0 ? start + (length * (0.2 + random.NextDouble())) : null;
            yield return clock with { StartedAt = start, AnswerAt = answer > DayBegins ? answer : null };
        }
    }

    /// <summary>The promise table of the product, written down once more; null for one business day.</summary>
    private static TimeSpan? Target(OpenClock clock) => clock switch
    {
        { Channel: Channel.Chat } => TimeSpan.FromMinutes(2),
        { Channel: Channel.Phone } => TimeSpan.FromMinutes(5),
        { Channel: Channel.Mailbox } => null,
        { IsCritical: true } => TimeSpan.FromMinutes(30),
        { Requester: "uwe@acme.example" } => null,
        _ => TimeSpan.FromHours(1),
    };

    private static NaiveClock Office()
    {
        IReadOnlyList<DaySpan> hours = [new(TimeSpan.FromHours(9), TimeSpan.FromHours(17))];
        return new(DateTimeZoneProviders.Tzdb["Europe/Berlin"], date => date.DayOfWeek is System.DayOfWeek.Saturday or System.DayOfWeek.Sunday ? [] : hours);
    }
}

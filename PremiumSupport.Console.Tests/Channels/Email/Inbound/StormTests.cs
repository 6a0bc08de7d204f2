using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Channels.Email.Inbound.Rules;
using PremiumSupport.Desk.Intake;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>
/// Thirty simulated days of what has brought other desks down: a second desk that acknowledges everything, a responder that answers every mail at once and strips every sign of being a machine, and a crowd of
/// addresses that exist for one mail. The real parser, rules and limits decide; only the clock and the network are made up (trust rule 11).
/// </summary>
public sealed class StormTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Days = TimeSpan.FromDays(30);

    [Fact]
    public void Two_desks_and_a_rude_responder_get_one_automatic_mail_a_day_each()
    {
        var desk = new Desk();
        // A person of each begins; a real question of theirs comes every eight hours besides.
        for (var hour = 0; hour < Days.TotalHours; hour += 8)
        {
            desk.Arrives(Start.AddHours(hour), "rude@responder.test", "Question");
            desk.Arrives(Start.AddHours(hour).AddMinutes(1), "desk@other.test", "Question");
        }

        desk.Run(Start + Days);

        Assert.True(desk.Received > 180, $"Only {desk.Received} mails came.");
        Assert.Equal(2 * 30, desk.Sent.Count);
        foreach (var address in desk.Sent.GroupBy(sent => sent.To))
        {
            Assert.All(address.Zip(address.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= AutoAnswerRules.Rest, $"{pair.First} and {pair.Second}"));
        }
    }

    [Fact]
    public void A_crowd_of_new_addresses_trips_the_breaker()
    {
        var desk = new Desk();
        for (var n = 0; n < 5_000; n++)
        {
            desk.Arrives(Start.AddSeconds(n), $"user{n}@crowd.test", "Question");
        }

        desk.Run(Start + Days);

        Assert.Equal(5_000, desk.Received);
        Assert.All(desk.Sent, sent => Assert.True(desk.Sent.Count(other => other.At <= sent.At && other.At > sent.At - AutoAnswerRules.Window) <= AutoAnswerRules.MostInWindow));
        Assert.Equal(2 * AutoAnswerRules.MostInWindow, desk.Sent.Count);
    }

    [Fact]
    public void Without_the_rule_the_storm_would_not_end()
    {
        var desk = new Desk { MayAnswer = (_, _, _) => true };
        desk.Arrives(Start, "rude@responder.test", "Question");
        desk.Run(Start.AddDays(1));

        Assert.True(desk.Sent.Count > 1_000, "The responder is not rude enough to prove anything.");
    }

    /// <summary>Our side by the real rules, and the others as programs that know no shame.</summary>
    private sealed class Desk
    {
        private readonly PriorityQueue<(DateTimeOffset At, string From, string Subject, string Header), DateTimeOffset> _coming = new();

        public List<(DateTimeOffset At, string To)> Sent { get; } = [];

        public int Received { get; private set; }

        public Func<DateTimeOffset?, int, DateTimeOffset, bool> MayAnswer { get; init; } = AutoAnswerRules.May;

        public void Arrives(DateTimeOffset at, string from, string subject, string header = "") => _coming.Enqueue((at, from, subject, header), at);

        public void Run(DateTimeOffset until)
        {
            while (_coming.TryDequeue(out var mail, out var now) && now < until)
            {
                Received++;
                var fate = MailRules.Decide(new() { Mail = MailParser.Parse(MailBytes.Plain(mail.From, mail.Subject, more: mail.Header)), Contacts = [new(Guid.NewGuid())] });
                DateTimeOffset? last = Sent.FindLast(sent => sent.To == mail.From) is { To: not null } before ? before.At : null;
                if (fate.MayAnswer && MayAnswer(last, Sent.Count(sent => sent.At > now - AutoAnswerRules.Window), now))
                {
                    Sent.Add((now, mail.From));
                    Answered(now.AddSeconds(30), mail.From, mail.Subject);
                }
            }
        }

        // What the other side does with a mail of ours.
        private void Answered(DateTimeOffset at, string who, string subject)
        {
            if (who.StartsWith("rude", StringComparison.Ordinal))
            {
                // No header, no thread, a subject of its own.
                Arrives(at, who, "Thank you for your message");
            }
            else if (who.StartsWith("desk", StringComparison.Ordinal))
            {
                // The other desk acknowledges as a new request, some of its templates with a header and some without.
                Arrives(at, who, $"[Ticket {at.Ticks % 10_000}] {subject}", at.Minute % 2 == 0 ? "Auto-Submitted: auto-generated" : "");
                Arrives(at.AddSeconds(5), "noreply@other.test", $"Received: {subject}");
            }
        }
    }
}

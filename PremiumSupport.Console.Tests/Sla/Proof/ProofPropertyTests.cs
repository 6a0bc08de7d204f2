using CsCheck;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Sla;
using PremiumSupport.Sla.Proof;
using PremiumSupport.Tests.Sla.Oracle;

namespace PremiumSupport.Tests.Sla.Proof;

/// <summary>Rule 16: whatever the real engine writes, in whatever lives, verifies without a difference, and its outcomes are those that the desk keeps.</summary>
public class ProofPropertyTests
{
    private enum Deed { Open, Sweep, Reply, Automatic, Ask, Wait, Solve, Reopen, Confirm, Decline, Raise, Lower, Call, CallIn, CancelCall, MoveCall, TakeBack, Bounce, Except, Publish, Merge, Move }

    private static readonly Gen<(Deed Deed, int Minutes, int One, int Two)[]> Lives = Gen.Select(
        Gen.Frequency(
            (5, Gen.Const(Deed.Open)), (3, Gen.Const(Deed.Sweep)), (4, Gen.Const(Deed.Reply)), (1, Gen.Const(Deed.Automatic)), (4, Gen.Const(Deed.Ask)), (3, Gen.Const(Deed.Wait)),
            (1, Gen.Const(Deed.Solve)), (1, Gen.Const(Deed.Reopen)), (1, Gen.Const(Deed.Confirm)), (2, Gen.Const(Deed.Decline)), (2, Gen.Const(Deed.Raise)), (1, Gen.Const(Deed.Lower)),
            (2, Gen.Const(Deed.Call)), (1, Gen.Const(Deed.CallIn)), (1, Gen.Const(Deed.CancelCall)), (3, Gen.Const(Deed.MoveCall)), (1, Gen.Const(Deed.TakeBack)), (2, Gen.Const(Deed.Bounce)), (3, Gen.Const(Deed.Except)), (1, Gen.Const(Deed.Publish)), (2, Gen.Const(Deed.Merge)), (1, Gen.Const(Deed.Move))),
        Gen.Frequency((6, Gen.Int[0, 12]), (3, Gen.Int[10, 90]), (1, Gen.Int[60, 3000])),
        Gen.Int[0, 1_000_000],
        Gen.Int[0, 1_000_000]).Array[5, 60];

    [Fact]
    public void Rule_16_what_the_engine_writes_verifies_without_a_difference()
    {
        var stream = 0;
        foreach (var life in Sampled.Of(Lives, Sampled.Cases(2_000), stream: 60))
        {
            stream++;
            var (desk, now) = Live(life);

            var mismatches = desk.Books.Verify(now, out var outcomes);

            Assert.True(mismatches.Count == 0, $"Life {stream}: {string.Join('\n', mismatches)}\n{Text(desk)}");
            var kept = desk.Tickets.SelectMany(ticket => ticket.Facts.Obligations.Select(obligation => (new PromiseKey(ticket.Number, obligation.Metric, obligation.Cycle), obligation))).ToDictionary();
            Assert.Equal(kept.Count, outcomes.Count);
            Assert.All(outcomes, outcome => Assert.Equal(Row(kept[outcome.Key]), Row(outcome)));
        }
    }

    private static (PaperDesk Desk, DateTimeOffset Now) Live((Deed Deed, int Minutes, int One, int Two)[] life)
    {
        var now = Given.At("2026-03-27 08:00:00");
        var desk = new PaperDesk(Policy(), now);
        foreach (var (deed, minutes, one, two) in life.Prepend((Deed.Open, 0, 1, 1)))
        {
            now = now.AddMinutes(minutes).AddMilliseconds(one % 1_000 * (two % 2));
            Do(desk, deed, one, two, now);
        }

        now = now.AddDays(life[^1].Two % 3);
        desk.Sweep(now);
        return (desk, now.AddSeconds(30));
    }

    private static void Do(PaperDesk desk, Deed deed, int one, int two, DateTimeOffset now)
    {
        var ticket = desk.Tickets.Count == 0 ? null! : desk.Tickets[one % desk.Tickets.Count];
        switch (deed)
        {
            case Deed.Open:
                var channel = (Channel)(one % 4);
                var role = (RequesterRole)(two % 2);
                var wished = channel == Channel.Phone && one % 3 == 0 ? now.AddMinutes(1 + (two % 3_000)) : (DateTimeOffset?)null;
                desk.Open(new()
                {
                    AccountName = "Acme", AccountKey = one % 3 == 0 ? "globex" : "acme", RequesterName = "Ada", Role = role, Channel = channel, Plan = two % 3 == 0 ? "Premium" : null,
                    Hubs = two % 5 == 0 ? ["Service Hub", "Smart CRM"] : [], Claim = channel == Channel.Email && role == RequesterRole.SuperAdmin && one % 8 < 5 ? ClaimState.Pending : ClaimState.None, StartedAt = wished ?? now, AskedAt = wished is null ? null : now,
                });
                break;
            case Deed.Sweep:
                desk.Sweep(now);
                break;
            case Deed.Except:
                var from = now.AddMinutes((one % 120) - 20);
                desk.Approve(new(new Guid(one, 0, 0, new byte[8]), from, (from > now ? from : now).AddMinutes(1 + (two % 180)), (ExceptionScope)(two % 4), (two % 4) switch { 1 => "ACME", 2 => "email", 3 => "Service Hub", _ => null }, ExceptionReason.Incident, "Sorry"), now);
                break;
            case Deed.Publish:
                desk.Publish(Policy(one % 4, two % 3), now, one % 2 == 0);
                break;
            case Deed.Merge:
                desk.Merge(ticket, desk.Tickets[two % desk.Tickets.Count], now);
                break;
            case Deed.Bounce or Deed.TakeBack when ticket.HasMoved:
                // What was answered under one account cannot be owed again under another: its rows stand on the other chain.
                break;
            case Deed.Move:
                if (ticket.Facts.Request.AccountKey == "acme")
                {
                    desk.ChangeAccount(ticket, "globex", now);
                }

                break;
            default:
                desk.Do(ticket, now, facts => deed switch
                {
                    Deed.Reply => TicketRules.Reply(facts, isAutomated: false, now),
                    Deed.Automatic => TicketRules.Reply(facts, isAutomated: true, now),
                    Deed.Ask => TicketRules.CustomerMessage(facts, now),
                    Deed.Wait => TicketRules.ChangeStatus(facts, TicketStatus.Waiting, now),
                    Deed.Solve => TicketRules.ChangeStatus(facts, TicketStatus.Solved, now),
                    Deed.Reopen => TicketRules.ChangeStatus(facts, TicketStatus.Open, now),
                    Deed.Confirm => TicketRules.DecideClaim(facts, isConfirmed: true, "Yes", now),
                    Deed.Decline => TicketRules.DecideClaim(facts, isConfirmed: false, "No", now),
                    Deed.Raise => TicketRules.ChangeSeverity(facts, Severity.BusinessCritical, "Worse", now),
                    Deed.Lower => TicketRules.ChangeSeverity(facts, Severity.Standard, "Better", now),
                    Deed.Call => Called(facts, two % 2 == 0 ? CallOutcome.Reached : CallOutcome.NoAnswer, now),
                    Deed.CallIn => CallRules.End(facts, CallOutcome.Reached, CallDirection.Incoming, TimeSpan.Zero, now),
                    Deed.CancelCall => CallRules.Cancel(facts, now),
                    Deed.MoveCall => CallRules.Reschedule(facts, two % 4 == 0 ? null : now.AddMinutes(1 + (two % 2_000)), now),
                    Deed.TakeBack => CallRules.TakeBack(facts, facts.Obligations.LastOrDefault(owed => owed is { Metric: Metric.Callback, AnsweredAt: not null })?.AnsweredAt, [], now),
                    _ => facts.Obligations.LastOrDefault(obligation => obligation.AnsweredAt is not null)?.AnsweredAt is { } sent
                        ? MergeRules.Bounce(facts, sent, [], "bounced", now)
                        : TicketRules.Flag(facts, now),
                });
                break;
        }
    }

    private static Outcome<TicketDecision> Called(TicketFacts facts, CallOutcome outcome, DateTimeOffset now)
    {
        if (CallRules.Begin(facts, now).Value is not { } begun)
        {
            return TicketRules.Flag(facts, now);
        }

        var ended = CallRules.End(facts with { Obligations = begun.Obligations, Status = begun.Status ?? facts.Status }, outcome, CallDirection.Outgoing, TimeSpan.Zero, now);
        return ended with { Status = ended.Status ?? begun.Status, Ledger = [.. begun.Ledger, .. ended.Ledger] };
    }

    private static SlaPolicy Policy(int sooner = 0, int steps = 0)
    {
        var policy = Given.Policy(Given.Holiday("2026-03-30"), Given.ShortDay("2026-04-01", "09:00-12:00"));
        WarningStep[] next = steps switch { 0 => [WarningStep.At(50), WarningStep.BeforeEnd(TimeSpan.FromMinutes(5))], 1 => [WarningStep.At(90), WarningStep.At(10)], _ => [] };
        return policy with
        {
            Rules =
            [
                new(Channel.Email, null, null, Metric.FirstResponse, Commitment.Guaranteed, PromiseTarget.Of(TimeSpan.FromMinutes(45 - sooner)), "office", [WarningStep.At(60)]) { Plan = "premium" },
                .. policy.Rules.Select(rule => rule.Target.Duration is { } duration ? rule with { Target = PromiseTarget.Of(duration - (sooner * duration / 10)) } : rule),
                new(Channel.Email, null, null, Metric.NextResponse, Commitment.Target, PromiseTarget.Of(TimeSpan.FromHours(2) - TimeSpan.FromMinutes(10 * sooner)), sooner == 2 ? BusinessCalendar.AlwaysOpenKey : "office", next),
                new(Channel.Chat, null, null, Metric.NextResponse, Commitment.Target, PromiseTarget.OfBusinessDays(1), "office", next),
            ],
        };
    }

    private static string Row(ObligationFacts obligation) => string.Join(
        ' ', obligation.StartedAt, obligation.Severity, obligation.PolicyVersion, obligation.Commitment, obligation.Target, obligation.Calendar, obligation.AnchorAt, obligation.BaseDueAt, obligation.GrossDueAt, obligation.DueAt,
        obligation.AtRiskAt, obligation.AnsweredAt, obligation.BreachedAt, obligation.PausedAt, obligation.MergedAt, obligation.IsWithdrawn);

    private static string Row(LedgerOutcome outcome) => string.Join(
        ' ', outcome.StartedAt, outcome.Severity, outcome.PolicyVersion, outcome.Commitment, outcome.Target, outcome.Calendar, outcome.AnchorAt, outcome.BaseDueAt, outcome.GrossDueAt, outcome.DueAt,
        outcome.AtRiskAt, outcome.AnsweredAt, outcome.BreachedAt, outcome.PausedAt, outcome.MergedAt, outcome.IsWithdrawn);

    private static string Text(PaperDesk desk) => string.Join('\n', desk.Books.Accounts.SelectMany(account => desk.Books[account].Select(row => $"{account} {row.Sequence} {row.Ticket} {row.Kind} {row.Metric} {row.Cycle} {ObligationClock.Text(row.At)} {(row.Data.Length > 900 ? "…" : row.Data)}")));
}

using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Proof;

/// <summary>A desk without a database: the real rules, and the ledger that they write.</summary>
internal sealed class PaperDesk
{
    private readonly Dictionary<int, SlaPolicy> _policies = [];
    private readonly List<ExceptionWindow> _approved = [];

    public PaperDesk(SlaPolicy policy, DateTimeOffset now) => Publish(policy, now, applyToOpen: false);

    public Books Books { get; } = new();

    public List<PaperTicket> Tickets { get; } = [];

    public SlaPolicy Current => _policies[_policies.Count];

    public PaperTicket Open(PromiseRequest request)
    {
        var policy = Current;
        var exceptions = Covering(request, request.AskedAt ?? request.StartedAt);
        var begun = PromiseClock.Promise(policy, request).Select(promised => ObligationClock.Begin(promised, request, policy, exceptions)).ToList();
        var ticket = new PaperTicket(1001 + Tickets.Count, new(TicketStatus.New, request.Severity, request.Claim, null, request with { StartedAt = request.AskedAt ?? request.StartedAt, AskedAt = null }, [.. begun.Select(outcome => outcome.Obligation)])
        {
            Number = 1001 + Tickets.Count,
            PolicyVersion = policy.Version,
            PolicyOf = version => _policies[version],
            PromisesNext = PromiseClock.RulesFor(policy, request, request.Severity).Any(rule => rule.Metric == Metric.NextResponse),
        });
        Tickets.Add(ticket);
        Books.Append(request.AccountKey, ticket.Number, begun.SelectMany(outcome => outcome.Ledger));
        if (request.Claim == ClaimState.Pending)
        {
            Books.Append(request.AccountKey, ticket.Number, [new(LedgerKind.Claimed, request.StartedAt, null, null, new Dictionary<string, string> { ["criterion"] = "signIn" })]);
        }

        return ticket;
    }

    /// <summary>Does something to a ticket, as its commands do; what the rules refuse does not happen.</summary>
    public void Do(PaperTicket ticket, DateTimeOffset now, Func<TicketFacts, Outcome<TicketDecision>> deed)
    {
        if (deed(Facts(ticket, now)).Value is { } decision)
        {
            Apply(ticket, decision);
        }
    }

    public void Merge(PaperTicket from, PaperTicket into, DateTimeOffset now)
    {
        var merged = MergeRules.Merge(Facts(from, now), Facts(into, now), now);
        if (merged.IsDone)
        {
            Apply(from, merged.Value.From);
            Apply(into, merged.Value.Into);
        }
    }

    public void ChangeAccount(PaperTicket ticket, string account, DateTimeOffset now)
    {
        var moved = MergeRules.ChangeAccount(Facts(ticket, now), "Uwe", "Ada", now);
        if (moved.IsDone)
        {
            Apply(ticket, moved.Value.From);
            ticket.Facts = ticket.Facts with { Request = ticket.Facts.Request with { AccountKey = account } };
            Apply(ticket, moved.Value.Into);
            ticket.HasMoved = true;
        }
    }

    public void Approve(ExceptionWindow declared, DateTimeOffset now)
    {
        var window = declared with { From = declared.From > now ? declared.From : now };
        _approved.Add(window);
        Books.Declare(window, declared.From, now);
        foreach (var ticket in Tickets)
        {
            Do(ticket, now, facts => PromiseRules.Except(PromiseRules.CatchUp(facts, now), facts, now));
        }
    }

    public void Publish(SlaPolicy policy, DateTimeOffset now, bool applyToOpen)
    {
        policy = policy with { Version = _policies.Count + 1 };
        _policies[policy.Version] = policy;
        Books.Publish(policy, now, applyToOpen);
        foreach (var ticket in applyToOpen ? Tickets : [])
        {
            Do(ticket, now, facts => PromiseRules.Apply(PromiseRules.CatchUp(facts, now), facts, policy, now) with { PolicyVersion = policy.Version });
            ticket.Facts = ticket.Facts with { PromisesNext = PromiseClock.RulesFor(policy, ticket.Facts.Request, ticket.Facts.Severity).Any(rule => rule.Metric == Metric.NextResponse) };
        }
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (var ticket in Tickets)
        {
            Do(ticket, now, facts => TicketRules.Flag(facts, now));
        }
    }

    private TicketFacts Facts(PaperTicket ticket, DateTimeOffset now) => ticket.Facts with { Exceptions = [.. _approved.Where(window => window.To > now)] };

    private IReadOnlyList<ClockStop> Covering(PromiseRequest request, DateTimeOffset now) => ExceptionStops.Of(_approved.Where(window => window.To > now), request);

    private void Apply(PaperTicket ticket, TicketDecision decision)
    {
        var facts = ticket.Facts;
        ticket.Facts = facts with
        {
            Status = decision.Status ?? facts.Status,
            Severity = decision.Severity ?? facts.Severity,
            Claim = decision.Claim ?? facts.Claim,
            Request = facts.Request with { Claim = decision.Claim ?? facts.Claim },
            PolicyVersion = decision.PolicyVersion ?? facts.PolicyVersion,
            Obligations = decision.Obligations,
        };
        Books.Append(facts.Request.AccountKey, ticket.Number, decision.Ledger);
    }
}

internal sealed class PaperTicket(long number, TicketFacts facts)
{
    public long Number => number;

    public TicketFacts Facts { get; set; } = facts;

    /// <summary>Whether it belonged to another account before.</summary>
    public bool HasMoved { get; set; }
}

using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Tests.Sla.Oracle;

/// <summary>A ticket in the hands of the engine's own rules, as the commands drive them, without a database.</summary>
internal sealed class EngineTicket
{
    private readonly EngineWorld _world;
    private readonly List<DateTimeOffset> _answers = [];

    /// <summary>A Super Admin's email.</summary>
    public EngineTicket(EngineWorld world, long number, bool isClaimed, DateTimeOffset start)
        : this(world, number, new PromiseRequest
        {
            AccountName = "Acme", AccountKey = "acme", RequesterName = "Ada", Role = RequesterRole.SuperAdmin, Channel = Channel.Email,
            Claim = isClaimed ? ClaimState.Pending : ClaimState.None, Criterion = isClaimed ? ClaimCriterion.SignIn : null, StartedAt = start,
        })
    {
    }

    /// <summary>Somebody's request by some channel.</summary>
    public EngineTicket(EngineWorld world, long number, Channel channel, RequesterRole role, DateTimeOffset start)
        : this(world, number, new PromiseRequest { AccountName = "Acme", AccountKey = "acme", RequesterName = "Ada", Role = role, Channel = channel, StartedAt = start })
    {
    }

    private EngineTicket(EngineWorld world, long number, PromiseRequest request)
    {
        _world = world;
        var start = ObligationClock.Whole(request.StartedAt);
        var policy = world.PolicyOf(1);
        var begun = PromiseClock.Promise(policy, request).Select(promised => ObligationClock.Begin(promised, request, policy, ExceptionStops.Of(world.InForce(start), request))).ToList();
        Facts = new(TicketStatus.New, request.Severity, request.Claim, null, request, [.. begun.Select(outcome => outcome.Obligation)])
        {
            Number = number, PolicyOf = world.PolicyOf, PolicyVersion = 1, PromisesNext = TicketIntake.PromisesNext(policy, request),
        };
        Ledger.AddRange(begun.SelectMany(outcome => outcome.Ledger));
    }

    public TicketFacts Facts { get; private set; }

    public List<LedgerFact> Ledger { get; } = [];

    public bool IsClosed => Facts.Status == TicketStatus.Closed;

    public void Do(LifeDeed deed, DateTimeOffset now)
    {
        Facts = Facts with { Exceptions = _world.InForce(now) };
        switch (deed.What)
        {
            case Deed.Answer:
                if (Take(TicketRules.Reply(Facts, isAutomated: false, now)))
                {
                    _answers.Add(now);
                }

                break;
            case Deed.AutomaticAnswer:
                Take(TicketRules.Reply(Facts, isAutomated: true, now));
                break;
            case Deed.CustomerWrites:
                Take(TicketRules.CustomerMessage(Facts, now));
                break;
            case Deed.Wait:
                Take(TicketRules.ChangeStatus(Facts, TicketStatus.Waiting, now));
                break;
            case Deed.Open:
                Take(TicketRules.ChangeStatus(Facts, TicketStatus.Open, now));
                break;
            case Deed.Solve:
                Take(TicketRules.ChangeStatus(Facts, TicketStatus.Solved, now));
                break;
            case Deed.Decline or Deed.Confirm:
                Take(TicketRules.DecideClaim(Facts, deed.What == Deed.Confirm, "Because.", now));
                break;
            case Deed.Raise or Deed.Lower:
                Take(TicketRules.ChangeSeverity(Facts, deed.What == Deed.Raise ? Severity.BusinessCritical : Severity.Standard, "Because.", now));
                break;
            case Deed.Bounce when _answers.Count > 0:
                var bounced = _answers[^1];
                _answers.RemoveAt(_answers.Count - 1);
                Take(MergeRules.Bounce(Facts, bounced, _answers, "550", now));
                break;
            case Deed.ApplyPolicy:
                Take(PromiseRules.Apply(PromiseRules.CatchUp(Facts, now), Facts, _world.PolicyOf(2), now) with { PolicyVersion = 2 });
                Facts = Facts with { PromisesNext = TicketIntake.PromisesNext(_world.PolicyOf(2), Facts.Request) };
                break;
            default:
                Take(TicketRules.Flag(Facts, now));
                break;
        }
    }

    public void Except(DateTimeOffset now)
    {
        Facts = Facts with { Exceptions = _world.InForce(now) };
        Take(PromiseRules.Except(PromiseRules.CatchUp(Facts, now), Facts, now));
    }

    public void MergeInto(EngineTicket other, DateTimeOffset now)
    {
        (Facts, other.Facts) = (Facts with { Exceptions = _world.InForce(now) }, other.Facts with { Exceptions = _world.InForce(now) });
        var merged = MergeRules.Merge(Facts, other.Facts, now).Value;
        other.Facts = other.Facts with { PromisesNext = other.Facts.PromisesNext | Facts.PromisesNext };
        Take(merged.From);
        other.Take(merged.Into);
    }

    public IEnumerable<string> Describe() => Facts.Obligations.Select(promise =>
        $"{promise.Metric} {promise.Cycle} {(promise.Severity == Severity.BusinessCritical ? "critical" : "standard")} v{promise.PolicyVersion} start {Ms(promise.StartedAt)} due {Ms(promise.DueAt)} gross {Ms(promise.GrossDueAt)} "
        + $"answered {Ms(promise.AnsweredAt)} breached {Ms(promise.BreachedAt)} merged {Ms(promise.MergedAt)} paused {Ms(promise.PausedAt)} "
        + $"fired {string.Join(' ', promise.Warnings.Where(warning => warning.FiredAt is not null).OrderBy(warning => warning.Step, StringComparer.Ordinal).Select(warning => $"{warning.Step}@{Ms(warning.At)}"))}").Order(StringComparer.Ordinal);

    private static long? Ms(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    private bool Take(Outcome<TicketDecision> outcome) => outcome.IsDone && Take(outcome.Value!);

    private bool Take(TicketDecision decision)
    {
        var claim = decision.Claim ?? Facts.Claim;
        Facts = Facts with
        {
            Status = decision.Status ?? Facts.Status,
            Severity = decision.Severity ?? Facts.Severity,
            Claim = claim,
            Request = Facts.Request with { Claim = claim },
            PolicyVersion = decision.PolicyVersion ?? Facts.PolicyVersion,
            Obligations = decision.Obligations,
        };
        Ledger.AddRange(decision.Ledger);
        return true;
    }
}

/// <summary>The engine's side of what a life lives in.</summary>
internal sealed class EngineWorld(SlaPolicy first, SlaPolicy second)
{
    public EngineWorld(LifeCase life)
        : this(Policy(1, life.First, life.Office.Calendar), Policy(2, life.Second, life.Office.Calendar))
    {
    }

    public List<ExceptionWindow> Approved { get; } = [];

    public IReadOnlyList<ExceptionWindow> InForce(DateTimeOffset now) => [.. Approved.Where(window => window.To > now)];

    public SlaPolicy PolicyOf(int version) => version == 1 ? first : second;

    private static SlaPolicy Policy(int version, NaivePolicy policy, BusinessCalendar calendar)
    {
        PolicyRule Rule(Severity? severity, Metric metric, NaiveTerms terms) => new(
            Channel.Email, null, severity, metric, Commitment.Guaranteed,
            terms.Duration is { } duration ? PromiseTarget.Of(duration) : PromiseTarget.OfBusinessDays(terms.Days),
            terms.IsOffice ? calendar.Key : BusinessCalendar.AlwaysOpenKey, [.. terms.Steps.Select(WarningStep.Parse)]);
        return new(version, "", [
            Rule(Severity.BusinessCritical, Metric.FirstResponse, policy.Critical), Rule(null, Metric.FirstResponse, policy.Standard),
            .. policy.Next is { } next ? new[] { Rule(null, Metric.NextResponse, next) } : []], [calendar]);
    }
}

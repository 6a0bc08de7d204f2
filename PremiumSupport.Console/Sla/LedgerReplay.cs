using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PremiumSupport.Sla;

/// <summary>
/// Reads the promises of one ticket after the other out of ledger rows, for the <see cref="Simulation"/>. Rows of a ticket follow each other, in the order in which
/// they were written; kinds that change nothing for a replay may be left out. Trusts the rows: whether they are true is the verifier's business.
/// </summary>
/// <param name="from">Promises that started before are left out.</param>
/// <param name="to">Those that started here or later too.</param>
/// <param name="now">Until when a pause lasts that nobody ended.</param>
public sealed class LedgerReplay(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
{
    private readonly List<Building> _building = [];
    private readonly List<SeverityChange> _declined = [];
    private byte[] _bytes = new byte[1024];

    /// <summary>The kinds that a replay reads.</summary>
    public static IReadOnlyList<LedgerKind> Kinds { get; } =
        [LedgerKind.Promised, LedgerKind.Retargeted, LedgerKind.Breached, LedgerKind.Met, LedgerKind.Answered, LedgerKind.Reopened, LedgerKind.Declined, LedgerKind.Merged, LedgerKind.Withdrawn];

    /// <summary>Takes the next row of the ticket.</summary>
    /// <param name="data">Canonical JSON.</param>
    public void Add(LedgerKind kind, DateTimeOffset at, Metric? metric, int? cycle, string data)
    {
        if (kind == LedgerKind.Declined)
        {
            _declined.Add(new(at, Severity.Standard));
        }
        else if (metric is { } measured && cycle is { } round)
        {
            if (kind == LedgerKind.Promised)
            {
                _building.Add(new(measured, round, at, Fields.Read(data, ref _bytes)));
            }
            else if (_building.FindLast(building => building.Metric == measured && building.Cycle == round) is { } building)
            {
                Note(building, kind, at, data);
            }
        }
    }

    /// <summary>The ticket's promises that started in the period. The next row is of another ticket.</summary>
    public IEnumerable<PastPromise> Take(long ticket, string accountKey)
    {
        foreach (var building in _building)
        {
            if (building.StartedAt >= from && building.StartedAt < to)
            {
                yield return building.ToPromise(ticket, accountKey, _declined, now);
            }
        }

        _building.Clear();
        _declined.Clear();
    }

    private void Note(Building building, LedgerKind kind, DateTimeOffset at, string data)
    {
        switch (kind)
        {
            case LedgerKind.Met or LedgerKind.Answered:
                building.AnsweredAt = at;
                building.WasBreached |= kind == LedgerKind.Answered;
                break;
            case LedgerKind.Breached:
                building.WasBreached = true;
                break;
            case LedgerKind.Reopened:
                building.AnsweredAt = null;
                break;
            case LedgerKind.Merged or LedgerKind.Withdrawn:
                building.WasMerged = true;
                break;
            case LedgerKind.Retargeted:
                building.Retarget(at, Fields.Read(data, ref _bytes));
                break;
        }
    }

    private sealed class Building(Metric metric, int cycle, DateTimeOffset startedAt, Fields promised)
    {
        private readonly List<SeverityChange> _changes = [];
        private readonly List<ClockStop> _waits = [];
        private DateTimeOffset _dueAt = promised.NetDueAt ?? promised.DueAt;
        private DateTimeOffset? _pausedAt = promised.PausedAt;

        public Metric Metric => metric;
        public int Cycle => cycle;
        public DateTimeOffset StartedAt => startedAt;
        public DateTimeOffset? AnsweredAt { get; set; }
        public bool WasBreached { get; set; } = promised.BreachedAt is not null;
        public bool WasMerged { get; set; }

        public void Retarget(DateTimeOffset at, Fields fields)
        {
            switch (fields.Reason)
            {
                case "paused":
                    _pausedAt = at;
                    return;
                case "resumed" when _pausedAt is { } paused:
                    _waits.Add(new(paused, at, StopKind.Waiting));
                    _pausedAt = null;
                    break;
                case "raised":
                    _changes.Add(new(at, Severity.BusinessCritical));
                    break;
                case "declined":
                    _changes.Add(new(at, Severity.Standard));
                    break;
            }

            _dueAt = fields.DueAt;
        }

        public PastPromise ToPromise(long ticket, string accountKey, List<SeverityChange> declined, DateTimeOffset now)
        {
            // Carried over critical from a ticket that was raised: it was standard until then.
            var wasRaised = promised.AnchorAt > startedAt && promised.Severity == Severity.BusinessCritical;
            if (wasRaised)
            {
                _changes.Insert(0, new(promised.AnchorAt!.Value, Severity.BusinessCritical));
            }

            // A decline after the deadline moved nothing, but under a longer target it would have.
            _changes.AddRange(declined.Where(change => change.At >= startedAt && !_changes.Contains(change)));
            _waits.AddRange(promised.Waits);
            if (_pausedAt is { } paused)
            {
                _waits.Add(new(paused, AnsweredAt ?? now, StopKind.Waiting));
            }

            return new()
            {
                Ticket = ticket,
                Metric = metric,
                Cycle = cycle,
                StartedAt = startedAt,
                Channel = promised.Channel,
                Role = promised.Role,
                Severity = wasRaised ? Severity.Standard : promised.Severity,
                Plan = promised.Plan,
                AccountKey = accountKey,
                Hubs = promised.Hubs?.Split('|') ?? [],
                Changes = _changes.Count == 0 ? [] : [.. _changes.OrderBy(change => change.At)],
                Waits = _waits.Count == 0 ? [] : _waits,
                DueAt = _dueAt,
                AnsweredAt = AnsweredAt,
                WasBreached = WasBreached,
                WasMerged = WasMerged,
            };
        }
    }

    /// <summary>What a replay needs of a row's data. Read token by token: there are millions of them.</summary>
    private struct Fields
    {
        public Channel Channel { get; private set; }
        public RequesterRole Role { get; private set; }
        public Severity Severity { get; private set; }
        public string? Plan { get; private set; }
        public string? Hubs { get; private set; }
        public string? Reason { get; private set; }
        public DateTimeOffset DueAt { get; private set; }
        public DateTimeOffset? NetDueAt { get; private set; }
        public DateTimeOffset? AnchorAt { get; private set; }
        public DateTimeOffset? BreachedAt { get; private set; }
        public DateTimeOffset? PausedAt { get; private set; }
        public IReadOnlyList<ClockStop> Waits { get; private set; }

        public static Fields Read(string data, ref byte[] bytes)
        {
            var most = Encoding.UTF8.GetMaxByteCount(data.Length);
            if (bytes.Length < most)
            {
                bytes = new byte[most];
            }

            var fields = new Fields { Waits = [] };
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(data, bytes)));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    fields.Take(ref reader);
                }
            }

            return fields;
        }

        private void Take(ref Utf8JsonReader reader)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("channel"u8))
            {
                Channel = reader.ValueTextEquals("email"u8) ? Channel.Email : reader.ValueTextEquals("chat"u8) ? Channel.Chat : reader.ValueTextEquals("phone"u8) ? Channel.Phone : Channel.Mailbox;
            }
            else if (name.SequenceEqual("role"u8))
            {
                Role = reader.ValueTextEquals("superAdmin"u8) ? RequesterRole.SuperAdmin : RequesterRole.User;
            }
            else if (name.SequenceEqual("severity"u8))
            {
                Severity = reader.ValueTextEquals("businessCritical"u8) ? Severity.BusinessCritical : Severity.Standard;
            }
            else if (name.SequenceEqual("dueAt"u8))
            {
                DueAt = reader.GetDateTimeOffset();
            }
            else if (name.SequenceEqual("reason"u8))
            {
                Reason = reader.GetString();
            }
            else if (name.SequenceEqual("plan"u8))
            {
                Plan = reader.GetString();
            }
            else if (name.SequenceEqual("hubs"u8))
            {
                Hubs = reader.GetString();
            }
            else
            {
                TakeCarried(name, ref reader);
            }
        }

        private void TakeCarried(ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
        {
            if (name.SequenceEqual("netDueAt"u8))
            {
                NetDueAt = reader.GetDateTimeOffset();
            }
            else if (name.SequenceEqual("anchorAt"u8))
            {
                AnchorAt = reader.GetDateTimeOffset();
            }
            else if (name.SequenceEqual("breachedAt"u8))
            {
                BreachedAt = reader.GetDateTimeOffset();
            }
            else if (name.SequenceEqual("pausedAt"u8))
            {
                PausedAt = reader.GetDateTimeOffset();
            }
            else if (name.SequenceEqual("stops"u8))
            {
                Waits = [.. reader.GetString()!.Split(' ').Where(stop => stop.StartsWith("waiting/", StringComparison.Ordinal)).Select(stop => stop.Split('/')).Select(stop => new ClockStop(Instant(stop[1]), Instant(stop[2]), StopKind.Waiting))];
            }
        }

        private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }
}

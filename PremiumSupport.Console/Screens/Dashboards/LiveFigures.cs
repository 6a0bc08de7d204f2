using PremiumSupport.Desk.Reports.Kept;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Dashboards;

/// <summary>What stands open now, narrowed as the page is, so far as the queue can be narrowed too: the list behind a live figure is the queue's, and holds what the figure counted.</summary>
public sealed class LiveFigures
{
    // A second changes no figure that a lead could tell, and many look at the same.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly QueueFilter _filter;
    private readonly Func<QueueView, int> _count;
    private readonly Func<long, bool> _holds;

    private LiveFigures(QueueFilter filter, OpenFigures open, Func<QueueView, int> count, Func<long, bool> holds) => (_filter, Open, _count, _holds) = (filter, open, count, holds);

    /// <summary>Before the queue was read.</summary>
    public static LiveFigures None { get; } = new(QueueFilter.None, OpenFigures.Of([], DateTimeOffset.MinValue.AddDays(1)), _ => 0, _ => false);

    /// <summary>What is counted of the open tickets that are meant.</summary>
    public OpenFigures Open { get; }

    /// <summary>Reads them; worked out once for all who look at the same within a second, while nothing changes.</summary>
    /// <param name="queue">The open tickets of this node.</param>
    /// <param name="filter">See <see cref="FilterOf"/>.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="now">When.</param>
    public static LiveFigures Read(QueueProjection queue, QueueFilter filter, Guid viewer, DateTimeOffset now)
    {
        var all = queue.Read(QueueView.All, viewer);
        return all.Once($"dashboard{filter.ToQuery()}", () => new Latest()).At(now, () =>
        {
            if (filter.IsEmpty)
            {
                return new(filter, OpenFigures.Of(all.Rows, now), view => all.Counts.GetValueOrDefault(view), all.Holds);
            }

            var rows = filter.Apply(all.Rows, viewer, now);
            var numbers = new Lazy<HashSet<long>>(() => [.. rows.Select(row => row.Number)]);
            return new(filter, OpenFigures.Of(rows, now), view => queue.Count(view, filter, viewer), number => numbers.Value.Contains(number));
        });
    }

    /// <summary>
    /// The queue's filter that says what a filter of promises says of their tickets. Mail is mail there, by form or straight to the mailbox, and what only promises have narrows nothing
    /// (<see cref="Unheard"/>).
    /// </summary>
    /// <param name="filter">What narrows the page.</param>
    /// <param name="specialist">The person that it names; null where it names none, and an id of nobody's where there is no such person.</param>
    public static QueueFilter FilterOf(PromiseFilter filter, Guid? specialist) => new()
    {
        Account = filter.Account,
        Severity = filter.Severity,
        Channel = filter.Channel switch { null => null, Channel.Chat => QueueView.Chat, Channel.Phone => QueueView.Phone, _ => QueueView.Email },
        Assignee = filter.Specialist is null ? null : new AssigneeFilter(filter.Specialist.Length == 0 ? null : specialist ?? Guid.Empty),
    };

    /// <summary>What of a filter live figures do not hear, for a note beside them; empty when they follow all of it.</summary>
    public static IReadOnlyList<string> Unheard(PromiseFilter filter) =>
        [.. filter.ToWords().Where(word => word.Key is "metric" or "outcome" or "weekday" or "hour" or "took" || filter.Channel is Channel.Email or Channel.Mailbox && word.Key == "channel").Select(word => PromiseWords.Of(word.Key, word.Value))];

    /// <summary>How many stand in a view of the queue.</summary>
    public int Count(QueueView view) => _count(view);

    /// <summary>Whether a ticket is among those that are meant.</summary>
    public bool Holds(long number) => _holds(number);

    /// <summary>The list behind a live figure.</summary>
    public string List(string view) => $"/queue/{view}{_filter.ToQuery()}";

    /// <summary>The same of one person.</summary>
    public string List(string view, Guid staffId) => $"/queue/{view}{(_filter with { Assignee = new AssigneeFilter(staffId) }).ToQuery()}";

    /// <summary>The figures of some rows that were worked out last.</summary>
    private sealed class Latest
    {
        private readonly Lock _gate = new();
        private (DateTimeOffset At, LiveFigures Figures)? _last;

        public LiveFigures At(DateTimeOffset now, Func<LiveFigures> make)
        {
            lock (_gate)
            {
                if (_last is not { } last || now < last.At || now - last.At >= Rest)
                {
                    _last = last = (now, make());
                }

                return last.Figures;
            }
        }
    }
}

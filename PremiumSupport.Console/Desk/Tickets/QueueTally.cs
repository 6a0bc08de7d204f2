using System.Collections.Concurrent;
using System.Collections.Immutable;
using PremiumSupport.Desk.Tickets.Views;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// The open tickets sorted into views, once for all circuits of a node: a thousand open queues ask the same of the same rows, and only who looks differs. True until rows change or one of
/// them turns at risk or breached; the next one is made of it (<see cref="With"/>), and what did not change is not looked at again.
/// </summary>
internal sealed class QueueTally
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly QueueView[] Views = Enum.GetValues<QueueView>();
    // The only ones that time alone brings rows into and out of.
    private static readonly QueueView[] Timed = [QueueView.AtRisk, QueueView.Breached];
    private static readonly QueueView[] Parts = [.. Views.Where(view => !IsPersonal(view) && view != QueueView.All)];

    private readonly ImmutableDictionary<long, QueueRow> _byNumber;
    private readonly Dictionary<QueueView, ImmutableArray<QueueRow>> _views;
    private readonly ImmutableDictionary<Guid, ImmutableArray<QueueRow>> _byAssignee;
    // One group for each team, not for each person: who looks after an account is one set for all its rows.
    private readonly ImmutableDictionary<object, int> _byCare;
    private readonly ConcurrentDictionary<(QueueView, QueueFilter, Guid), int> _counts = new();
    private readonly ConcurrentDictionary<(string, QueueView, Guid), Lazy<object>> _kept = new();
    private readonly TurningRows _turning;
    private readonly DateTimeOffset _at;

    private QueueTally(
        ImmutableDictionary<long, QueueRow> byNumber, Dictionary<QueueView, ImmutableArray<QueueRow>> views, ImmutableDictionary<Guid, ImmutableArray<QueueRow>> byAssignee, ImmutableDictionary<object, int> byCare,
        Func<Func<QueueRow, bool>, TurningRows?> turning, DateTimeOffset at)
    {
        (_byNumber, _views, _byAssignee, _byCare, _at) = (byNumber, views, byAssignee, byCare, at);
        _turning = turning(IsSo) ?? TurningRows.Of(Rows, IsSo);
        Until = _turning.NextAfter(at, at + Longest);
    }

    /// <summary>All rows, soonest due first.</summary>
    public ImmutableArray<QueueRow> Rows => _views[QueueView.All];

    /// <summary>From when on it no longer says what is so: a row turns at risk or breached. A minute after it was made at the latest.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Of rows in any order.</summary>
    public static QueueTally Of(IEnumerable<QueueRow> rows, DateTimeOffset at)
    {
        ImmutableArray<QueueRow> sorted = [.. rows.Order(QueueRow.SoonestDue)];
        var views = Parts.ToDictionary(view => view, view => (ImmutableArray<QueueRow>)[.. sorted.Where(row => row.IsIn(view, Guid.Empty, at))]);
        views[QueueView.All] = sorted;
        return new(
            sorted.ToImmutableDictionary(row => row.Number), views,
            sorted.Where(row => row.AssigneeId is not null).GroupBy(row => row.AssigneeId!.Value).ToImmutableDictionary(group => group.Key, group => (ImmutableArray<QueueRow>)[.. group]),
            Count(ImmutableDictionary.Create<object, int>(ReferenceEqualityComparer.Instance), sorted, 1), _ => null, at);
    }

    /// <summary>Whether it still says what is so.</summary>
    public bool Holds(DateTimeOffset now) => now >= _at && now < Until;

    /// <summary>The same later, with some tickets read anew.</summary>
    /// <param name="changed">The numbers of those.</param>
    /// <param name="fresh">The rows of those among them that are open.</param>
    /// <param name="now">The instant from which it holds.</param>
    public QueueTally With(IReadOnlyCollection<long> changed, IReadOnlyCollection<QueueRow> fresh, DateTimeOffset now)
    {
        var gone = changed.Select(number => _byNumber.GetValueOrDefault(number)).OfType<QueueRow>().ToList();
        if (now < _at || gone.Count + fresh.Count > (Rows.Length / 4) + 1)
        {
            return Of(_byNumber.RemoveRange(changed).Values.Concat(fresh), now);
        }

        // Rows of which only the time has made something else leave their views and come into others, as those do that changed.
        var turned = now < Until ? [] : _turning.Between(_at, now).Where(row => !changed.Contains(row.Number)).ToList();
        var (leaving, coming) = ((List<QueueRow>)[.. gone, .. turned], (List<QueueRow>)[.. fresh, .. turned]);
        var views = Parts.ToDictionary(view => view, view => Timed.Contains(view)
            ? SortedRows.Replace(_views[view], leaving, coming.Where(row => row.IsIn(view, Guid.Empty, now)))
            : SortedRows.Replace(_views[view], gone, fresh.Where(row => row.IsIn(view, Guid.Empty, now))));
        views[QueueView.All] = SortedRows.Replace(Rows, gone, fresh);
        var byAssignee = _byAssignee;
        foreach (var assignee in gone.Concat(fresh).Select(row => row.AssigneeId).OfType<Guid>().Distinct())
        {
            byAssignee = byAssignee.SetItem(assignee, SortedRows.Replace(OfAssignee(assignee), gone.Where(row => row.AssigneeId == assignee), fresh.Where(row => row.AssigneeId == assignee)));
        }

        return new(_byNumber.RemoveRange(changed).SetItems(fresh.Select(row => KeyValuePair.Create(row.Number, row))), views, byAssignee, Count(Count(_byCare, gone, -1), fresh, 1), isSo => _turning.With(fresh, isSo), now);
    }

    /// <summary>The row of a ticket; null where it is not open.</summary>
    public QueueRow? Find(long number) => _byNumber.GetValueOrDefault(number);

    /// <summary>The rows of a view, soonest due first.</summary>
    public IReadOnlyList<QueueRow> Of(QueueView view, Guid viewer) => view switch
    {
        QueueView.Mine => [.. OfAssignee(viewer).Where(row => row.SnoozedUntil is null)],
        QueueView.MyAccounts => (IReadOnlyList<QueueRow>)Once("rows", view, viewer, () => Rows.Where(row => row.IsIn(view, viewer, _at)).ToList()),
        _ => _views[view],
    };

    /// <summary>Whether a view holds a ticket, for telling later what came to it.</summary>
    public bool Holds(long number, QueueView view, Guid viewer) => Find(number)?.IsIn(view, viewer, _at) == true;

    /// <summary>How many tickets each view holds for a person.</summary>
    public IReadOnlyDictionary<QueueView, int> Counts(Guid viewer) => Views.ToDictionary(view => view, view => view switch
    {
        QueueView.Mine => OfAssignee(viewer).Count(row => row.SnoozedUntil is null),
        QueueView.MyAccounts => _byCare.Where(group => ((IReadOnlySet<Guid>)group.Key).Contains(viewer)).Sum(group => group.Value),
        _ => _views[view].Length,
    });

    /// <summary>How many open tickets a person carries, those that are put away included: they are owed like the others.</summary>
    public int LoadOf(Guid person) => OfAssignee(person).Length;

    /// <summary>How many of a view a filter lets through; counted once for all who would count the same.</summary>
    public int Count(QueueView view, QueueFilter filter, Guid viewer)
    {
        var who = IsPersonal(view) || filter.IsPersonal ? viewer : Guid.Empty;
        return _counts.GetOrAdd((view, filter, who), key => Of(view, viewer).Count(row => filter.Matches(row, viewer, _at)));
    }

    /// <summary>Works something out of a view once for all who ask for the same.</summary>
    public object Once(string what, QueueView view, Guid viewer, Func<object> make) =>
        _kept.GetOrAdd((what, view, IsPersonal(view) ? viewer : Guid.Empty), _ => new(make)).Value;

    private ImmutableArray<QueueRow> OfAssignee(Guid assignee) => _byAssignee.GetValueOrDefault(assignee, []);

    private bool IsSo(QueueRow row) => ReferenceEquals(Find(row.Number), row);

    private static ImmutableDictionary<object, int> Count(ImmutableDictionary<object, int> care, IEnumerable<QueueRow> rows, int by)
    {
        foreach (var row in rows.Where(row => row.Carers.Count > 0 && row.SnoozedUntil is null))
        {
            care = care.SetItem(row.Carers, care.GetValueOrDefault(row.Carers) + by);
        }

        return care;
    }

    private static bool IsPersonal(QueueView view) => view is QueueView.Mine or QueueView.MyAccounts;
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using PremiumSupport.Desk.Tickets.Views;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// The open tickets sorted into views, once for all circuits of a node: a thousand open queues ask the same of the same rows, and only who looks differs. True until rows change or one of
/// them turns at risk or breached.
/// </summary>
internal sealed class QueueTally
{
    private static readonly QueueView[] Views = Enum.GetValues<QueueView>();

    private readonly Dictionary<QueueView, IReadOnlyList<QueueRow>> _views;
    private readonly ILookup<Guid, QueueRow> _byAssignee;
    // One group for each team, not for each person: who looks after an account is one set for all its rows.
    private readonly List<(IReadOnlySet<Guid> Carers, int Count)> _byCare;
    private readonly ConcurrentDictionary<(QueueView, QueueFilter, Guid), int> _counts = new();
    private readonly ConcurrentDictionary<(QueueView, Guid), IReadOnlySet<long>> _numbers = new();
    private readonly DateTimeOffset _at;
    private readonly DateTimeOffset _until;

    public QueueTally(ImmutableArray<QueueRow> rows, DateTimeOffset at, DateTimeOffset until)
    {
        (Rows, _at, _until) = (rows, at, until);
        _byAssignee = rows.Where(row => row.AssigneeId is not null).ToLookup(row => row.AssigneeId!.Value);
        _byCare = [.. rows.Where(row => row.Carers.Count > 0 && row.SnoozedUntil is null).GroupBy(row => row.Carers, ReferenceEqualityComparer.Instance).Select(group => ((IReadOnlySet<Guid>)group.Key!, group.Count()))];
        _views = Views.Where(view => view is not (QueueView.All or QueueView.Mine or QueueView.MyAccounts))
            .ToDictionary(view => view, view => (IReadOnlyList<QueueRow>)[.. rows.Where(row => row.IsIn(view, Guid.Empty, at))]);
        _views[QueueView.All] = rows;
    }

    /// <summary>The rows it is about.</summary>
    public ImmutableArray<QueueRow> Rows { get; }

    /// <summary>Whether it still says what is so.</summary>
    public bool Holds(ImmutableArray<QueueRow> rows, DateTimeOffset now) => Rows.Equals(rows) && now >= _at && now < _until;

    /// <summary>The rows of a view, soonest due first.</summary>
    public IReadOnlyList<QueueRow> Of(QueueView view, Guid viewer) => view switch
    {
        QueueView.Mine => [.. _byAssignee[viewer].Where(row => row.SnoozedUntil is null)],
        QueueView.MyAccounts => [.. Rows.Where(row => row.IsIn(view, viewer, _at))],
        _ => _views[view],
    };

    /// <summary>The numbers in a view, for telling later what came to it.</summary>
    public IReadOnlySet<long> Numbers(QueueView view, Guid viewer) =>
        _numbers.GetOrAdd((view, IsPersonal(view) ? viewer : Guid.Empty), _ => Of(view, viewer).Select(row => row.Number).ToHashSet());

    /// <summary>How many tickets each view holds for a person.</summary>
    public IReadOnlyDictionary<QueueView, int> Counts(Guid viewer) => Views.ToDictionary(view => view, view => view switch
    {
        QueueView.Mine => _byAssignee[viewer].Count(row => row.SnoozedUntil is null),
        QueueView.MyAccounts => _byCare.Where(group => group.Carers.Contains(viewer)).Sum(group => group.Count),
        _ => _views[view].Count,
    });

    /// <summary>How many open tickets a person carries, those that are put away included: they are owed like the others.</summary>
    public int LoadOf(Guid person) => _byAssignee[person].Count();

    /// <summary>How many of a view a filter lets through; counted once for all who would count the same.</summary>
    public int Count(QueueView view, QueueFilter filter, Guid viewer)
    {
        var who = IsPersonal(view) || filter.IsPersonal ? viewer : Guid.Empty;
        return _counts.GetOrAdd((view, filter, who), key => Of(view, viewer).Count(row => filter.Matches(row, viewer, _at)));
    }

    private static bool IsPersonal(QueueView view) => view is QueueView.Mine or QueueView.MyAccounts;
}

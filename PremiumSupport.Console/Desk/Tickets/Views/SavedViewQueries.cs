using System.Web;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Tickets.Views;

/// <summary>A saved view as its readers get it.</summary>
public sealed record SavedViewCard(Guid Id, string Slug, string Name, Guid OwnerId, string OwnerName, bool IsTeam, QueueView Base, QueueFilter Filter, int Place);

/// <summary>Reads saved views. There are few, every rail shows some, so all are kept in memory until one changes (<see cref="Topic"/>).</summary>
public sealed class SavedViewQueries : IDisposable
{
    /// <summary>The topic under which the change bus says that a saved view changed; the id is not used.</summary>
    public const string Topic = "views";

    private readonly IDbContextFactory<SupportDb> _factory;
    private readonly IDisposable _subscription;
    private readonly Lock _gate = new();
    private Task<IReadOnlyList<SavedViewCard>>? _all;

    /// <summary>Starts to listen to the bus.</summary>
    public SavedViewQueries(IDbContextFactory<SupportDb> factory, ChangeBus bus)
    {
        _factory = factory;
        _subscription = bus.Subscribe(change =>
        {
            if (change.IsAbout(Topic) || change.Topic == StaffDirectory.Topic)
            {
                lock (_gate)
                {
                    _all = null;
                }
            }
        });
    }

    /// <summary>Those that the caller sees, in the order of the rail: their own, then the team's.</summary>
    public async Task<IReadOnlyList<SavedViewCard>> OfAsync(StaffCaller caller) =>
        [.. (await AllAsync()).Where(view => view.IsTeam || view.OwnerId == caller.StaffId).OrderBy(view => view.IsTeam).ThenBy(view => view.Place).ThenBy(view => view.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The view of that word; null when there is none or it is somebody else's own: the two look the same (trust rule 1).</summary>
    public async Task<SavedViewCard?> FindAsync(string slug, StaffCaller caller) =>
        (await AllAsync()).FirstOrDefault(view => string.Equals(view.Slug, slug, StringComparison.OrdinalIgnoreCase) && (view.IsTeam || view.OwnerId == caller.StaffId));

    /// <inheritdoc />
    public void Dispose() => _subscription.Dispose();

    private async Task<IReadOnlyList<SavedViewCard>> AllAsync()
    {
        Task<IReadOnlyList<SavedViewCard>> reading;
        lock (_gate)
        {
            reading = _all ??= Task.Run(ReadAsync);
        }

        try
        {
            return await reading;
        }
        catch
        {
            lock (_gate)
            {
                _all = _all == reading ? null : _all;
            }

            throw;
        }
    }

    private async Task<IReadOnlyList<SavedViewCard>> ReadAsync()
    {
        await using var db = await _factory.CreateDbContextAsync();
        var rows = await db.Set<SavedView>().AsNoTracking().Join(db.Users, view => view.OwnerId, user => user.Id, (view, user) => new { view, user.DisplayName }).ToListAsync();
        return [.. rows.Select(row => new SavedViewCard(row.view.Id, row.view.Slug, row.view.Name, row.view.OwnerId, row.DisplayName, row.view.IsTeam, row.view.Base, FilterOf(row.view.Query), row.view.Place))];
    }

    // What a later version wrote and this one cannot read narrows nothing, so that nothing is hidden by mistake.
    private static QueueFilter FilterOf(string query)
    {
        var values = HttpUtility.ParseQueryString(query);
        return FilterQuery.Read(key => values[key]) ?? QueueFilter.None;
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity;

/// <summary>
/// Who is staff right now. Every cookie, key and circuit asks here, so answers are kept: until somebody changes (<see cref="Topic"/> on the bus), and for
/// <see cref="MaxAge"/> at most, in case the news of another node got lost.
/// </summary>
public sealed class StaffDirectory : IDisposable
{
    /// <summary>The topic under which the change bus says that some staff member changed; the id is always 0.</summary>
    public const string Topic = "staff";

    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<SupportDb> _database;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, (StaffCard Card, long ReadAt)> _cards = [];
    private long _generation;

    /// <summary>Starts to listen to the bus.</summary>
    public StaffDirectory(IDbContextFactory<SupportDb> database, ChangeBus bus, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        _subscription = bus.Subscribe(change => Forget(change));
    }

    /// <summary>The staff member, disabled ones included; null when there is none of that id.</summary>
    public async ValueTask<StaffCard?> FindAsync(Guid id, CancellationToken cancellation = default)
    {
        long generation;
        lock (_gate)
        {
            if (_cards.TryGetValue(id, out var known) && _clock.GetElapsedTime(known.ReadAt) < MaxAge)
            {
                return known.Card;
            }

            generation = _generation;
        }

        var readAt = _clock.GetTimestamp();
        var card = await ReadAsync(id, cancellation);
        lock (_gate)
        {
            // Read before a change and told after it: right for this request, which raced, but not to be kept.
            if (generation == _generation && card is not null)
            {
                _cards[id] = (card, readAt);
            }
        }

        return card;
    }

    /// <inheritdoc />
    public void Dispose() => _subscription.Dispose();

    private void Forget(Change change)
    {
        if (change.IsAbout(Topic))
        {
            lock (_gate)
            {
                _generation++;
                _cards.Clear();
            }
        }
    }

    private async Task<StaffCard?> ReadAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = await _database.CreateDbContextAsync(cancellation);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, cancellation);
        if (user is null)
        {
            return null;
        }

        var roles = await db.UserRoles.Where(held => held.UserId == id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync(cancellation);
        return new(user.Id, user.DisplayName, user.Email ?? "", user.SecurityStamp ?? "", user.LockoutEnd == StaffCard.DisabledUntil, roles);
    }
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Accounts.Teams;

/// <summary>A team with its people.</summary>
/// <param name="Accounts">How many accounts it is dedicated to.</param>
public sealed record TeamRow(Guid Id, string Name, IReadOnlyList<StaffMember> People, int Accounts);

/// <summary>Who looks after an account.</summary>
public sealed record CareView(Guid? TeamId, string? Team, Guid? TechnicalContactId, string? TechnicalContact)
{
    /// <summary>The people of that team, and the one whom the account knows.</summary>
    public IReadOnlySet<Guid> People { get; init; } = CareBook.Nobody;
}

/// <summary>Reads teams. What prefers somebody's own accounts, the next ticket and the views, asks <see cref="PreferredAccountsAsync"/> and <see cref="CareBook"/>.</summary>
public sealed class TeamQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>Every team by name.</summary>
    public async Task<IReadOnlyList<TeamRow>> ListAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var people = (await db.Set<TeamMember>().Join(db.Users, member => member.StaffId, user => user.Id, (member, user) => new { member.TeamId, Member = new StaffMember(user.Id, user.Email!, user.DisplayName) }).ToListAsync(cancellation)).ToLookup(row => row.TeamId, row => row.Member);
        var accounts = await db.Set<AccountCare>().Where(care => care.TeamId != null).GroupBy(care => care.TeamId!.Value).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellation);
        var teams = await db.Set<Team>().AsNoTracking().OrderBy(team => team.Name).ToListAsync(cancellation);
        return [.. teams.Select(team => new TeamRow(team.Id, team.Name, [.. people[team.Id].OrderBy(member => member.Name, StringComparer.Ordinal)], accounts.GetValueOrDefault(team.Id)))];
    }

    /// <summary>Who looks after an account; nobody where nothing was said.</summary>
    public async Task<CareView> CareOfAsync(Guid accountId, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var care = await db.Set<AccountCare>().Where(care => care.AccountId == accountId).Select(care => new CareView(
            care.TeamId, db.Set<Team>().Where(team => team.Id == care.TeamId).Select(team => team.Name).FirstOrDefault(),
            care.TechnicalContactId, db.Users.Where(user => user.Id == care.TechnicalContactId).Select(user => user.DisplayName).FirstOrDefault())).SingleOrDefaultAsync(cancellation);
        if (care is null)
        {
            return new(null, null, null, null);
        }

        var people = await db.Set<TeamMember>().Where(member => member.TeamId == care.TeamId).Select(member => member.StaffId).ToListAsync(cancellation);
        return care with { People = people.Concat(care.TechnicalContactId is { } contact ? [contact] : []).ToHashSet() };
    }

    /// <summary>The accounts that somebody looks after, by a team of theirs or as the one whom the account knows.</summary>
    public async Task<IReadOnlySet<Guid>> PreferredAccountsAsync(Guid staffId, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return (await Preferred(db, staffId).ToListAsync(cancellation)).ToHashSet();
    }

    /// <summary>Who is dedicated to what, as it stands now.</summary>
    internal static async Task<CareBook> CareAsync(SupportDb db, CancellationToken cancellation = default)
    {
        var cares = await db.Set<AccountCare>().AsNoTracking().Where(care => care.TeamId != null || care.TechnicalContactId != null).ToListAsync(cancellation);
        return cares.Count == 0 ? CareBook.Empty : CareBook.Of(cares, await db.Set<TeamMember>().AsNoTracking().ToListAsync(cancellation));
    }

    /// <summary>The accounts that somebody looks after, as part of another question.</summary>
    internal static IQueryable<Guid> Preferred(SupportDb db, Guid staffId) => db.Set<AccountCare>()
        .Where(care => care.TechnicalContactId == staffId || db.Set<TeamMember>().Any(member => member.TeamId == care.TeamId && member.StaffId == staffId))
        .Select(care => care.AccountId);
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Desk.Accounts.Teams;

/// <summary>Writes teams, and which account is whose, at the word of an admin.</summary>
public sealed class TeamCommands(WriteQueue writes, ChangeBus bus, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that teams or who looks after what changed; the id is always 0.</summary>
    public const string Topic = "team";

    private const string Area = "teams";

    /// <summary>Makes a team, or changes its name and people.</summary>
    /// <param name="id">Null for a new one.</param>
    public Task<Attempt<Guid>> SaveAsync(Guid? id, string? name, IReadOnlyCollection<Guid> people, StaffCaller admin, CancellationToken cancellation = default)
    {
        var words = AccountRules.Tidy(name);
        return ChangeAsync<Guid>(
            admin,
            words.Length is 0 or > 100 || words.Any(char.IsControl) ? "A team has a name of 1 to 100 characters." : null,
            async (db, now) =>
            {
                var team = id is null ? new Team { Id = Guid.CreateVersion7(now), Name = words } : await db.Set<Team>().SingleOrDefaultAsync(team => team.Id == id);
                if (team is null)
                {
                    return new(default, "This team is not there any more.");
                }

                var members = await db.Set<TeamMember>().Where(member => member.TeamId == team.Id).ToListAsync();
                var known = await db.Users.Where(user => people.Contains(user.Id)).Select(user => user.Id).ToListAsync();
                var before = id is null ? null : new { team.Name, People = await NamesAsync(db, members.Select(member => member.StaffId)) };
                if (id is null)
                {
                    db.Add(team);
                }

                team.Name = words;
                db.RemoveRange(members.Where(member => !known.Contains(member.StaffId)));
                db.AddRange(known.Except(members.Select(member => member.StaffId)).Select(staff => new TeamMember { TeamId = team.Id, StaffId = staff }));
                admin.Note(db, now, id is null ? "made" : "changed", (Area, words, ""), before, new { team.Name, People = await NamesAsync(db, known) });
                return team.Id;
            },
            cancellation);
    }

    /// <summary>Takes a team away; accounts that it looked after have none from then on.</summary>
    public Task<Attempt<Guid>> RemoveAsync(Guid id, StaffCaller admin, CancellationToken cancellation = default) => ChangeAsync<Guid>(
        admin,
        null,
        async (db, now) =>
        {
            if (await db.Set<Team>().SingleOrDefaultAsync(team => team.Id == id) is not { } team)
            {
                return new(default, "This team is not there any more.");
            }

            admin.Note(db, now, "removed", (Area, team.Name, ""));
            db.Remove(team);
            return id;
        },
        cancellation);

    /// <summary>Says who looks after an account from now on; null for nobody.</summary>
    public Task<Attempt<Guid>> DedicateAsync(Guid accountId, Guid? teamId, Guid? technicalContactId, StaffCaller admin, CancellationToken cancellation = default) => ChangeAsync<Guid>(
        admin,
        null,
        async (db, now) =>
        {
            var account = await db.Set<Account>().SingleOrDefaultAsync(account => account.Id == accountId);
            if (account is null || (teamId is not null && !await db.Set<Team>().AnyAsync(team => team.Id == teamId)) || (technicalContactId is not null && !await db.Users.AnyAsync(user => user.Id == technicalContactId)))
            {
                return new(default, "The account, the team or the person is not there any more.");
            }

            var care = await db.Set<AccountCare>().SingleOrDefaultAsync(care => care.AccountId == accountId);
            var before = await WordsAsync(db, care?.TeamId, care?.TechnicalContactId);
            if (care is null)
            {
                care = new() { AccountId = accountId };
                db.Add(care);
            }

            (care.TeamId, care.TechnicalContactId) = (teamId, technicalContactId);
            admin.Note(db, now, "said who looks after", (AccountCommands.Area, account.Key, account.Name), before, await WordsAsync(db, teamId, technicalContactId));
            return accountId;
        },
        cancellation);

    private static async Task<object> WordsAsync(SupportDb db, Guid? teamId, Guid? contactId) => new
    {
        Team = await db.Set<Team>().Where(team => team.Id == teamId).Select(team => team.Name).SingleOrDefaultAsync(),
        TechnicalContact = await db.Users.Where(user => user.Id == contactId).Select(user => user.Email).SingleOrDefaultAsync(),
    };

    private static async Task<IReadOnlyList<string>> NamesAsync(SupportDb db, IEnumerable<Guid> people)
    {
        Guid[] ids = [.. people];
        return await db.Users.Where(user => ids.Contains(user.Id)).OrderBy(user => user.DisplayName).Select(user => user.DisplayName).ToListAsync();
    }

    private async Task<Attempt<T>> ChangeAsync<T>(StaffCaller admin, string? problem, Func<SupportDb, DateTimeOffset, Task<Attempt<T>>> change, CancellationToken cancellation)
    {
        if ((AccountCommands.Forbidden(admin) ?? problem) is { } refused)
        {
            return new(default, refused);
        }

        var now = clock.GetUtcNow();
        return await writes.RunAsync(db => change(db, now), _ => bus.Publish(new(Topic, 0)), cancellation);
    }
}

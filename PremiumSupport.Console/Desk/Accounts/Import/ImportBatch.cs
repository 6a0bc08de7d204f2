using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>
/// Puts rows into a context: found again by key, so that a file that is read twice changes nothing the second time. Whether anything is kept is for whoever saves the
/// context: a preview is the same work, thrown away.
/// </summary>
internal static class ImportBatch
{
    public static Task<List<ImportOutcome>> ApplyAsync(SupportDb db, ImportKind kind, ImportReader file, IReadOnlyList<ImportRow> rows, Workspace workspace) =>
        kind == ImportKind.Accounts ? AccountsAsync(db, file, rows, workspace) : ContactsAsync(db, file, rows);

    private static async Task<List<ImportOutcome>> AccountsAsync(SupportDb db, ImportReader file, IReadOnlyList<ImportRow> rows, Workspace workspace)
    {
        string[] keys = [.. rows.Select(row => file[row, "key"].ToLowerInvariant()).Distinct()];
        var known = await db.Set<Account>().Where(account => keys.Contains(account.Key)).Include(account => account.Subscriptions).Include(account => account.PremiumPurchases).AsSplitQuery().ToDictionaryAsync(account => account.Key);
        return [.. rows.Select(row =>
        {
            var line = new ImportLine(row, column => file[row, column], workspace);
            var key = line["key"].ToLowerInvariant();
            var account = known.GetValueOrDefault(key);
            var isNew = account is null;
            if (line.Problem(isNew) is { } problem)
            {
                return new ImportOutcome(row, ImportVerdict.Refused, key, problem);
            }

            if (account is null)
            {
                account = known[key] = new() { Id = Guid.CreateVersion7(), Key = key, Name = line["name"] };
                db.Add(account);
            }

            return Outcome(row, key, isNew, line.PutInto(db, account));
        })];
    }

    private static async Task<List<ImportOutcome>> ContactsAsync(SupportDb db, ImportReader file, IReadOnlyList<ImportRow> rows)
    {
        string[] keys = [.. rows.Select(row => file[row, "account"].ToLowerInvariant()).Distinct()];
        string[] addresses = [.. rows.Select(row => file[row, "email"].ToLowerInvariant()).Distinct()];
        var accounts = await db.Set<Account>().AsNoTracking().Where(account => keys.Contains(account.Key)).ToDictionaryAsync(account => account.Key, account => account.Id);
        Guid[] ids = [.. accounts.Values];
        var known = await db.Set<Contact>().Where(contact => ids.Contains(contact.AccountId) && addresses.Contains(contact.Email)).ToDictionaryAsync(contact => (contact.AccountId, contact.Email));
        return [.. rows.Select(row =>
        {
            string Cell(string column) => file[row, column];
            var (key, address) = (Cell("account").ToLowerInvariant(), Cell("email").ToLowerInvariant());
            var problem = ImportLine.Unreadable(row) ?? AccountRules.Key(key) ?? (accounts.ContainsKey(key) ? null : $"There is no account {key}.") ?? AccountRules.Email(address)
                ?? (Cell("name").Length == 0 ? null : AccountRules.Name(Cell("name"))) ?? AccountRules.Zone(Cell("zone")) ?? (Role(Cell("role")) is null && Cell("role").Length > 0 ? "A role is user or super_admin." : null)
                ?? (Cell("locale").Length > 20 ? "A locale is a word like de or en-GB." : null);
            if (problem is not null)
            {
                return new ImportOutcome(row, ImportVerdict.Refused, address, problem);
            }

            var contact = known.GetValueOrDefault((accounts[key], address));
            var isNew = contact is null;
            if (contact is null)
            {
                contact = known[(accounts[key], address)] = ContactCommands.New(accounts[key], address, Cell("name"));
                db.Add(contact);
            }

            var told = new ImportTold();
            contact.Name = told.Of("name", contact.Name, Cell("name"));
            contact.Role = told.Of("role", contact.Role, Role(Cell("role")) ?? contact.Role);
            contact.Zone = told.Of("zone", contact.Zone, Cell("zone"));
            contact.Locale = told.Of("locale", contact.Locale, Cell("locale"));
            return Outcome(row, address, isNew, told);
        })];
    }

    private static ImportOutcome Outcome(ImportRow row, string subject, bool isNew, ImportTold told) =>
        new(row, isNew ? ImportVerdict.New : told.IsEmpty ? ImportVerdict.Same : ImportVerdict.Changed, subject, told.ToString());

    private static RequesterRole? Role(string word) => word.ToLower(CultureInfo.InvariantCulture).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) switch
    {
        "user" => RequesterRole.User,
        "superadmin" => RequesterRole.SuperAdmin,
        _ => null,
    };
}

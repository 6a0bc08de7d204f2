using System.Globalization;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Accounts.Import;

/// <summary>What is different, field by field. An empty cell changes nothing.</summary>
internal sealed class ImportTold
{
    private readonly List<string> _told = [];

    public bool IsEmpty => _told.Count == 0;

    public string Of(string field, string? before, string after)
    {
        if (after.Length == 0 || before == after)
        {
            return before!;
        }

        _told.Add(before is null or "" ? $"{field} {after}" : $"{field} {before} → {after}");
        return after;
    }

    public T Of<T>(string field, T before, T after)
        where T : struct
    {
        if (!EqualityComparer<T>.Default.Equals(before, after))
        {
            _told.Add($"{field} {before} → {after}");
        }

        return after;
    }

    /// <summary>The end of a span, told by its last day.</summary>
    public DateTimeOffset Until(string what, DateTimeOffset before, DateTimeOffset after, DateOnly? last)
    {
        if (before != after)
        {
            _told.Add(string.Create(CultureInfo.InvariantCulture, $"{what} until {last:yyyy-MM-dd}"));
        }

        return after;
    }

    public void Add(string words) => _told.Add(words);

    public override string ToString() => string.Join("; ", _told);
}

/// <summary>A row of accounts: the account itself, and a purchase and a subscription where its columns name one.</summary>
internal sealed class ImportLine(ImportRow row, Func<string, string> cell, Workspace workspace)
{
    private readonly DateOnly? _premiumFrom = Day(cell("premium_from"));
    private readonly DateOnly? _premiumUntil = Day(cell("premium_until"));
    private readonly DateOnly? _hubFrom = Day(cell("hub_from"));
    private readonly DateOnly? _hubUntil = Day(cell("hub_until"));

    public string this[string column] => cell(column);

    private bool HasPurchase => cell("plan").Length + cell("premium_from").Length + cell("premium_until").Length > 0;

    private bool HasSubscription => cell("hub").Length + cell("edition").Length + cell("hub_from").Length + cell("hub_until").Length > 0;

    /// <summary>What no row may have.</summary>
    public static string? Unreadable(ImportRow row) =>
        row.Cells.Any(text => text.Contains('\ufffd', StringComparison.Ordinal)) ? "It has letters that are not UTF-8. Save the file as “CSV UTF-8”."
        : row.Cells.Any(text => text.Length > ImportReader.LongestCell) ? $"A cell has more than {ImportReader.LongestCell} characters."
        : null;

    /// <summary>Why it cannot be taken; null when it can.</summary>
    public string? Problem(bool isNew) =>
        Unreadable(row)
        ?? AccountRules.Key(cell("key"))
        ?? (isNew || cell("name").Length > 0 ? AccountRules.Name(cell("name")) : null)
        ?? AccountRules.Zone(cell("zone"))
        ?? (cell("plan").Length > 0 ? AccountRules.Words(cell("plan"), "A plan") : null)
        ?? (HasPurchase ? Prefixed("Premium Support: ", AccountRules.Span(_premiumFrom, _premiumUntil)) : null)
        ?? (HasSubscription ? AccountRules.Words(cell("hub"), "A hub") ?? AccountRules.Words(cell("edition"), "An edition") ?? Prefixed("Subscription: ", AccountRules.Span(_hubFrom, _hubUntil)) : null)
        ?? (Yes(cell("qualifies")) is null && cell("qualifies").Length > 0 ? "“qualifies” is yes or no." : null);

    /// <summary>Puts it into the account. Needs a row without a problem.</summary>
    public ImportTold PutInto(SupportDb db, Account account)
    {
        var told = new ImportTold();
        account.Name = told.Of("name", account.Name, cell("name"));
        account.Zone = told.Of("zone", account.Zone, cell("zone"));
        if (HasPurchase)
        {
            var (plan, from, to) = (cell("plan") is { Length: > 0 } named ? named : "premium", Start(_premiumFrom), End(_premiumUntil));
            if (account.PremiumPurchases.Find(purchase => purchase.Plan == plan && purchase.From == from) is not { } kept)
            {
                kept = new() { Id = Guid.CreateVersion7(), AccountId = account.Id, Plan = plan, From = from, To = to };
                account.PremiumPurchases.Add(kept);
                db.Add(kept);
                told.Add($"{plan} from {_premiumFrom:yyyy-MM-dd} until {_premiumUntil:yyyy-MM-dd}");
            }

            kept.To = told.Until(plan, kept.To, to, _premiumUntil);
        }

        if (HasSubscription)
        {
            var (hub, edition, from, to) = (cell("hub"), cell("edition"), Start(_hubFrom), End(_hubUntil));
            if (account.Subscriptions.Find(subscription => subscription.Hub == hub && subscription.Edition == edition && subscription.From == from) is not { } kept)
            {
                // Enterprise editions qualify unless the file says otherwise.
                kept = new() { Id = Guid.CreateVersion7(), AccountId = account.Id, Hub = hub, Edition = edition, Qualifies = Yes(cell("qualifies")) ?? edition.Equals("Enterprise", StringComparison.OrdinalIgnoreCase), From = from, To = to };
                account.Subscriptions.Add(kept);
                db.Add(kept);
                told.Add($"{hub} {edition} from {_hubFrom:yyyy-MM-dd} until {_hubUntil:yyyy-MM-dd}");
            }

            kept.To = told.Until($"{hub} {edition}", kept.To, to, _hubUntil);
            kept.Qualifies = told.Of($"{hub} {edition} qualifies", kept.Qualifies, Yes(cell("qualifies")) ?? kept.Qualifies);
        }

        return told;
    }

    private DateTimeOffset Start(DateOnly? day) => workspace.StartOf(day!.Value);

    private DateTimeOffset End(DateOnly? day) => workspace.StartOf(day!.Value.AddDays(1));

    private static string? Prefixed(string prefix, string? problem) => problem is null ? null : prefix + char.ToLowerInvariant(problem[0]) + problem[1..] + " Days are written 2026-12-31.";

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool? Yes(string word) => word.ToLowerInvariant() switch
    {
        "yes" or "true" or "1" => true,
        "no" or "false" or "0" => false,
        _ => null,
    };
}

using System.Globalization;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Queue;

/// <summary>What narrows a view, as it stands in the address.</summary>
/// <param name="Text">Words in number, subject, people or account.</param>
/// <param name="Account">An account's key.</param>
/// <param name="SuperAdminsOnly">Only what designated Super Admins wrote.</param>
public sealed record QueueFilter(string? Text, string? Account, bool SuperAdminsOnly)
{
    /// <summary>Whether it lets everything through.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && string.IsNullOrEmpty(Account) && !SuperAdminsOnly;

    /// <summary>The rows that match, in their order.</summary>
    public IReadOnlyList<QueueRow> Apply(IReadOnlyList<QueueRow> rows) => IsEmpty ? rows : [.. rows.Where(Matches)];

    /// <summary>The query of the address, with the question mark, or nothing.</summary>
    public string ToQuery()
    {
        List<string> parts = [];
        if (!string.IsNullOrWhiteSpace(Text))
        {
            parts.Add($"q={Uri.EscapeDataString(Text.Trim())}");
        }

        if (!string.IsNullOrEmpty(Account))
        {
            parts.Add($"account={Uri.EscapeDataString(Account)}");
        }

        if (SuperAdminsOnly)
        {
            parts.Add("role=super-admin");
        }

        return parts.Count == 0 ? "" : $"?{string.Join('&', parts)}";
    }

    private bool Matches(QueueRow row) =>
        (!SuperAdminsOnly || row.RequesterRole == RequesterRole.SuperAdmin)
        && (string.IsNullOrEmpty(Account) || string.Equals(row.AccountKey, Account, StringComparison.OrdinalIgnoreCase))
        && (string.IsNullOrWhiteSpace(Text) || Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Says(row, word)));

    private static bool Says(QueueRow row, string word) =>
        row.Number.ToString(CultureInfo.InvariantCulture).StartsWith(word.TrimStart('#'), StringComparison.Ordinal) && word.TrimStart('#').Length > 0
        || new[] { row.Subject, row.RequesterName, row.RequesterEmail, row.AccountName, row.AssigneeName ?? "", row.Snippet }.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}

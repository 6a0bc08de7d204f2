using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Identity;

/// <summary>How a command says who did what.</summary>
public static class CallerAudit
{
    /// <summary>Notes what the caller has just changed; see <see cref="AuditBook.Append"/>. Call it in the change's own transaction.</summary>
    public static void Note(this Caller caller, SupportDb db, DateTimeOffset at, string deed, (string Area, string Key, string Name) subject, object? before = null, object? after = null) =>
        AuditBook.Append(db, (caller.Id, caller.Name), at, deed, subject, before, after);
}

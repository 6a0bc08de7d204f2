using PremiumSupport.Platform.Data;

namespace PremiumSupport.Platform.Audit;

/// <summary>The one door to the audit log: appends inside the write queue's transaction, so that a change and its entry are there together or not at all.</summary>
public static class AuditBook
{
    /// <summary>Appends an entry, unless it would say that nothing changed.</summary>
    /// <param name="db">The context of the change's own transaction.</param>
    /// <param name="actor">Who did it, by id and name; a null id is the product itself.</param>
    /// <param name="at">When.</param>
    /// <param name="deed">See <see cref="AuditEntry.Deed"/>.</param>
    /// <param name="subject">What it was done to; see <see cref="AuditEntry"/>.</param>
    /// <param name="before">The fields that matter as they were, as an object's properties; null when there was nothing, or when the deed says it all.</param>
    /// <param name="after">Likewise as they are now.</param>
    /// <exception cref="ArgumentException">A field is called as secrets are: none may stand here.</exception>
    public static void Append(SupportDb db, (Guid? Id, string Name) actor, DateTimeOffset at, string deed, (string Area, string Key, string Name) subject, object? before, object? after)
    {
        var changes = AuditDiff.Between(before, after);
        if (changes.Count == 0 && before is not null && after is not null)
        {
            return;
        }

        db.Add(new AuditEntry
        {
            At = at,
            ActorId = actor.Id,
            ActorName = AuditDiff.Cut(actor.Name, AuditLimits.Name),
            Area = subject.Area,
            Deed = AuditDiff.Cut(deed, AuditLimits.Deed),
            Subject = AuditDiff.Cut(subject.Key, AuditLimits.Subject),
            SubjectName = AuditDiff.Cut(subject.Name, AuditLimits.Name),
            Changes = changes,
        });
    }
}

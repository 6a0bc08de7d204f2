using System.Text.Json;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;
using PremiumSupport.Sla;

namespace PremiumSupport.Api;

/// <summary>Reads what a PATCH wants changed; all that is wrong with it is told at once.</summary>
internal sealed class PatchReader(StaffQueries staff)
{
    public async Task<(TicketEdit Edit, Refusal? Refusal)> ReadAsync(TicketPatch patch, CancellationToken cancellation)
    {
        var errors = new List<(string, string)>();
        TicketStatus status = default;
        if (patch.Status is not null && !ApiBody.TryWord(patch.Status, out status))
        {
            errors.Add(("status", "Say open, waiting, solved or closed."));
        }

        Severity severity = default;
        if (patch.Severity is not null && !ApiBody.TryWord(patch.Severity, out severity))
        {
            errors.Add(("severity", "Say standard or businessCritical."));
        }

        AssigneeChange? assignee = null;
        switch (patch.Assignee)
        {
            case { ValueKind: JsonValueKind.Undefined }:
                break;
            case { ValueKind: JsonValueKind.Null }:
                assignee = new(null);
                break;
            case { ValueKind: JsonValueKind.String } email when TextOf(email) is { } address && await staff.FindAsync(address, cancellation) is { } member:
                assignee = new(member.Id);
                break;
            default:
                errors.Add(("assignee", "There is nobody of that address on the staff."));
                break;
        }

        if (patch.Tags?.Contains(null) == true)
        {
            errors.Add(("tags", "A tag is a word, never null."));
        }

        var edit = new TicketEdit
        {
            Status = patch.Status is null ? null : status,
            Severity = patch.Severity is null ? null : severity,
            Assignee = assignee,
            Subject = patch.Subject,
            Tags = patch.Tags?.OfType<string>().ToList(),
            Reason = patch.Reason,
        };
        return (edit, errors.Count > 0 ? Refusal.Invalid([.. errors]) : null);
    }

    // A raw element is read only now, and half a character in it is found only now.
    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

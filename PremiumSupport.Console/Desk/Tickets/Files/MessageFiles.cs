using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Files;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Files;

/// <summary>Makes pending uploads part of a message, in the message's own transaction: a message that is on disk has all its files, and a file is sent once.</summary>
internal static class MessageFiles
{
    /// <summary>What is wrong with a list of files before anything is looked up.</summary>
    public static IEnumerable<(string Field, string Message)> Check(IReadOnlyList<Guid> ids)
    {
        if (ids.Count > TicketLimits.Files)
        {
            yield return ("attachments", $"Up to {TicketLimits.Files} files fit into one message.");
        }
    }

    /// <summary>Takes the caller's own pending uploads, in the order given; all of them or none. To be called before anything else is changed.</summary>
    public static async Task<Outcome<IReadOnlyList<FileFacts>>> TakeAsync(SupportDb db, IReadOnlyList<Guid> ids, Caller caller, DateTimeOffset now)
    {
        if (ids.Count == 0)
        {
            return Outcome(Array.Empty<FileFacts>());
        }

        var found = await db.Set<StoredFile>().Where(file => ids.Contains(file.Id) && file.OwnerId == caller.Id && file.SentAt == null).ToDictionaryAsync(file => file.Id);
        if (found.Count < ids.Count)
        {
            return Refusal.Invalid(("attachments", ids.Count == 1 ? "The file is no longer here. Add it again." : "Some of the files are no longer here. Add them again."));
        }

        foreach (var file in found.Values)
        {
            file.SentAt = now;
        }

        return Outcome(ids.Select(id => found[id].ToFacts()).ToArray());
    }

    /// <summary>What a queue row and a subject show of a message that has no words.</summary>
    public static string InWords(IReadOnlyList<FileFacts> files) => files.Count == 1 ? files[0].Name : $"{files.Count} files: {string.Join(", ", files.Select(file => file.Name))}";

    // An interface converts to nothing by itself.
    private static Outcome<IReadOnlyList<FileFacts>> Outcome(IReadOnlyList<FileFacts> files) => new(files, null);
}

using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Files;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Drafts;

/// <summary>A draft as its author's windows show it.</summary>
/// <param name="Files">Those of its files that are still here.</param>
/// <param name="Missing">How many of its files are no longer here: an upload that nothing was sent with goes after <c>Files:KeepUnsent</c>.</param>
/// <param name="Problem">Why it is a draft again although its author had pressed Send.</param>
public sealed record DraftView(DraftMode Mode, string Text, IReadOnlyList<FileFacts> Files, int Missing, string MessageId, long? Seen, long Version, DateTimeOffset ChangedAt, string? Problem = null)
{
    /// <summary>What is to be done to the ticket when it goes; words of <see cref="Sending.SendDeeds"/>.</summary>
    public IReadOnlyList<string> Deeds { get; init; } = [];
}

/// <summary>Somebody's drafts for a ticket.</summary>
/// <param name="Number">The ticket that keeps them: the one in which the ticket goes on, where it was merged.</param>
public sealed record TicketDrafts(long Number, IReadOnlyList<DraftView> Drafts);

/// <summary>Reads drafts, for their author alone.</summary>
public sealed class DraftQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>The caller's drafts for a ticket; null when there is no such ticket.</summary>
    public async Task<TicketDrafts?> OfTicketAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        if (await DraftBook.WhereItGoesOnAsync(db, number, cancellation) is not { } at)
        {
            return null;
        }

        var views = new List<DraftView>();
        foreach (var draft in await db.Set<MessageDraft>().AsNoTracking().Where(draft => draft.TicketNumber == at && draft.StaffId == caller.StaffId).ToListAsync(cancellation))
        {
            views.Add(await ViewAsync(db, draft, cancellation));
        }

        return new(at, views);
    }

    /// <summary>The tickets for which the caller has begun to write something, newest draft first.</summary>
    public async Task<IReadOnlyList<long>> NumbersAsync(StaffCaller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var drafts = await db.Set<MessageDraft>().AsNoTracking().Where(draft => draft.StaffId == caller.StaffId).Select(draft => new { draft.TicketNumber, draft.ChangedAt }).ToListAsync(cancellation);
        return [.. drafts.OrderByDescending(draft => draft.ChangedAt).Select(draft => draft.TicketNumber).Distinct()];
    }

    /// <summary>A draft with the facts of its files, which are its author's own pending uploads or are not there.</summary>
    internal static async Task<DraftView> ViewAsync(SupportDb db, MessageDraft draft, CancellationToken cancellation = default)
    {
        var found = draft.Files.Count == 0 ? [] : await db.Set<StoredFile>().AsNoTracking()
            .Where(file => draft.Files.Contains(file.Id) && file.OwnerId == draft.StaffId && file.SentAt == null)
            .ToDictionaryAsync(file => file.Id, cancellation);
        FileFacts[] files = [.. draft.Files.Where(found.ContainsKey).Select(id => found[id].ToFacts())];
        return new(draft.Mode, draft.Text, files, draft.Files.Count - files.Length, draft.MessageId, draft.Seen, draft.Version, draft.ChangedAt, draft.Problem) { Deeds = draft.Deeds };
    }
}

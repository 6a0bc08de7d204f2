using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Files;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Desk.Tickets.Files;

/// <summary>
/// Finds files through what they hang on: the ticket if it is the caller's, in it the message, in that the file (trust rules 1 and 15). A file's id alone opens nothing.
/// </summary>
public sealed class MessageFileQueries(IDbContextFactory<SupportDb> factory)
{
    /// <summary>A file of a public message; null when any step of the way is not there or not the caller's.</summary>
    public async Task<StoredFile?> OfMessageAsync(long number, long sequence, Guid id, Caller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var files = await TicketQueries.Visible(db, caller)
            .Where(ticket => ticket.Number == number)
            .SelectMany(ticket => db.Set<PublicMessage>().Where(message => message.TicketNumber == ticket.Number && message.Sequence == sequence))
            .Select(message => message.Files)
            .SingleOrDefaultAsync(cancellation);
        return files?.Any(file => file.Facts.Id == id) == true ? await StoredAsync(db, id, cancellation) : null;
    }

    /// <summary>A file of an internal note, for staff and nobody else.</summary>
    public async Task<StoredFile?> OfNoteAsync(long number, long note, Guid id, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var files = await db.Set<InternalNote>().Where(row => row.TicketNumber == number && row.Id == note).Select(row => row.Files).SingleOrDefaultAsync(cancellation);
        return files?.Any(file => file.Facts.Id == id) == true ? await StoredAsync(db, id, cancellation) : null;
    }

    private static Task<StoredFile?> StoredAsync(SupportDb db, Guid id, CancellationToken cancellation) =>
        db.Set<StoredFile>().AsNoTracking().SingleOrDefaultAsync(file => file.Id == id, cancellation);
}

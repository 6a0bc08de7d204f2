using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Files;

/// <summary>
/// Gives files out, asking anew each time whether the caller may read the message that one hangs on (trust rule 15). Files of internal notes have addresses and a policy of their own
/// that no customer gets past, and are looked for among notes alone.
/// </summary>
internal sealed class DownloadEndpoints(MessageFileQueries files, FileStore store)
{
    public async Task<IResult> FileAsync(long number, long sequence, Guid id, HttpContext http) =>
        StoredFileResult.Download(store, await files.OfMessageAsync(number, sequence, id, CallerReader.From(http.User)!, http.RequestAborted));

    public async Task<IResult> ThumbnailAsync(long number, long sequence, Guid id, HttpContext http) =>
        StoredFileResult.Thumbnail(store, await files.OfMessageAsync(number, sequence, id, CallerReader.From(http.User)!, http.RequestAborted));

    public async Task<IResult> NoteFileAsync(long number, long note, Guid id, HttpContext http) =>
        StoredFileResult.Download(store, await files.OfNoteAsync(number, note, id, CallerReader.Staff(http.User)!, http.RequestAborted));

    public async Task<IResult> NoteThumbnailAsync(long number, long note, Guid id, HttpContext http) =>
        StoredFileResult.Thumbnail(store, await files.OfNoteAsync(number, note, id, CallerReader.Staff(http.User)!, http.RequestAborted));
}

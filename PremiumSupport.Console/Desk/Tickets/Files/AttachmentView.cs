using System.Globalization;
using System.Text.Json.Serialization;
using PremiumSupport.Desk.Files;

namespace PremiumSupport.Desk.Tickets.Files;

/// <summary>A file of a message as it leaves the product: the same in the API, in the hub and on customer pages.</summary>
/// <param name="Kind">The media type that its bytes have, whatever its name claims.</param>
/// <param name="Format">The same as a short word.</param>
/// <param name="Url">Where it is downloaded, by whoever may read the message; the same address for everybody, with their own proof of who they are.</param>
/// <param name="ThumbnailUrl">Where a picture of it is that may be shown inline; absent when there is none.</param>
/// <param name="Width">Of a picture; absent for everything else.</param>
public sealed record AttachmentView(
    Guid Id, string Name, long Size, string Kind, string Format, string Url,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ThumbnailUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Width,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Height)
{
    /// <summary>The files of a public message.</summary>
    public static IReadOnlyList<AttachmentView> Of(PublicMessage message) => message.Files.Count == 0 ? [] :
        [.. message.Files.Select(file => Of(file.Facts, string.Create(CultureInfo.InvariantCulture, $"/files/{message.TicketNumber}/{message.Sequence}/{file.Facts.Id}")))];

    /// <summary>The files of an internal note, under addresses that no customer reaches.</summary>
    public static IReadOnlyList<AttachmentView> Of(InternalNote note) => note.Files.Count == 0 ? [] :
        [.. note.Files.Select(file => Of(file.Facts, string.Create(CultureInfo.InvariantCulture, $"/note-files/{note.TicketNumber}/{note.Id}/{file.Facts.Id}")))];

    private static AttachmentView Of(FileFacts file, string url) =>
        new(file.Id, file.Name, file.Size, file.Kind, file.Format, url, file.HasPreview ? $"{url}/thumbnail" : null, file.Width, file.Height);
}

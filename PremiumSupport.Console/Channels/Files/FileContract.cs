using System.Text.Json.Serialization;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Files;

namespace PremiumSupport.Channels.Files;

/// <summary>A pending upload, as its owner sees it.</summary>
/// <param name="Kind">The media type that its bytes have, whatever its name claims.</param>
/// <param name="Format">The same as a short word.</param>
internal sealed record UploadOut(
    Guid Id, string Name, long Size, string Kind, string Format,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ThumbnailUrl,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Width,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Height)
{
    /// <param name="file">The upload.</param>
    /// <param name="address">Where it was put.</param>
    public static UploadOut Of(StoredFile file, string address) =>
        new(file.Id, file.Name, file.Size, file.Kind, file.Format, file.HasPreview ? $"{address}/thumbnail" : null, file.Width, file.Height);
}

/// <summary>What may be uploaded, so that a page can say no before it sends anything.</summary>
internal sealed record LimitsOut(long FileBytes, IReadOnlyList<FileFamily> Families, int MostInAMessage)
{
    public static LimitsOut Of(FileLimits limits) => new(limits.FileBytes, limits.Families, TicketLimits.Files);
}

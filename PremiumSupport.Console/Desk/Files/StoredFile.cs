using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Files;

namespace PremiumSupport.Desk.Files;

/// <summary>What messages and screens say of a file. Part of the message that it was sent with, and like it never changed.</summary>
/// <param name="Id">Minted by whoever uploaded it.</param>
/// <param name="Name">Its real name, tidied.</param>
/// <param name="Kind">The media type that its bytes have, whatever the name claims.</param>
/// <param name="Format">The same as a short word, e.g. <c>PNG</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Width">Of a picture, upright; null for everything else.</param>
/// <param name="HasPreview">Whether there is a picture of it, encoded by us, that may be shown inline.</param>
public sealed record FileFacts(Guid Id, string Name, string Kind, string Format, long Size, int? Width, int? Height, bool HasPreview);

/// <summary>A file on disk: whose it is, what it is called, and under which random name it lies. A pending upload until a message is sent with it.</summary>
public sealed class StoredFile
{
    /// <summary>Minted by the uploader, so that an upload that is repeated after a lost answer is the same file.</summary>
    public Guid Id { get; set; }

    /// <summary>The random name on disk.</summary>
    public required string StoredName { get; set; }

    /// <summary>The contact or staff member who uploaded it; nobody else may send it.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>The account whose limits it was taken under and whose room it takes.</summary>
    public Guid AccountId { get; set; }

    public required string Name { get; set; }
    public required string Kind { get; set; }
    public required string Format { get; set; }
    public long Size { get; set; }
    public int? Width { get; set; }
    public int? Height { get; set; }
    public bool HasPreview { get; set; }
    public DateTimeOffset UploadedAt { get; set; }

    /// <summary>When a message took it; null while it is pending.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What messages say of it.</summary>
    public FileFacts ToFacts() => new(Id, Name, Kind, Format, Size, Width, Height, HasPreview);
}

internal sealed class StoredFilesTable : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("Files");
        builder.Property(file => file.Id).ValueGeneratedNever();
        builder.Property(file => file.StoredName).HasMaxLength(32);
        builder.Property(file => file.Name).HasMaxLength(FileName.Longest + 30);
        builder.Property(file => file.Kind).HasMaxLength(100);
        builder.Property(file => file.Format).HasMaxLength(20);
        builder.HasIndex(file => file.StoredName).IsUnique();
        // What quotas add up, without touching the rows.
        builder.HasIndex(file => new { file.OwnerId, file.UploadedAt, file.Size });
        builder.HasIndex(file => new { file.AccountId, file.Size });
        builder.HasIndex(file => file.UploadedAt, "IX_Files_Pending").HasFilter("\"SentAt\" IS NULL");
    }
}

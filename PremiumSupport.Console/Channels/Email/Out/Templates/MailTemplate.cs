using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Desk.Outbox;

namespace PremiumSupport.Channels.Email.Out.Templates;

/// <summary>
/// A version of a template, as an admin saved it. Versions never change; the newest of a kind and language counts, and one without words means the template that the
/// product comes with.
/// </summary>
public sealed class MailTemplate
{
    public long Id { get; set; }
    public MailKind Kind { get; set; }

    /// <summary>One of <see cref="MailLanguages.All"/>.</summary>
    public required string Language { get; set; }

    /// <summary>Liquid, one line; null for "back to the default".</summary>
    public string? Subject { get; set; }

    /// <summary>Liquid, plain text; null likewise.</summary>
    public string? Body { get; set; }

    public DateTimeOffset SavedAt { get; set; }
    public required string SavedBy { get; set; }
}

/// <summary>Sizes of a template.</summary>
public static class MailTemplateLimits
{
    public const int Subject = 500;
    /// <summary>In one piece through a circuit, with room to spare.</summary>
    public const int Body = 8_000;

    internal const int BodyColumn = 20_000;
}

internal sealed class MailTemplatesTable : IEntityTypeConfiguration<MailTemplate>
{
    public void Configure(EntityTypeBuilder<MailTemplate> builder)
    {
        builder.ToTable("MailTemplates");
        builder.Property(template => template.Language).HasMaxLength(8);
        builder.Property(template => template.Subject).HasMaxLength(MailTemplateLimits.Subject);
        builder.Property(template => template.Body).HasMaxLength(MailTemplateLimits.BodyColumn);
        builder.Property(template => template.SavedBy).HasMaxLength(200);
        builder.HasIndex(template => new { template.Kind, template.Language, template.Id });
    }
}

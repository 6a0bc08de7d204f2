using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Channels.Email.Out.Templates;

/// <summary>A template in force.</summary>
/// <param name="Subject">Liquid, one line.</param>
/// <param name="Body">Liquid, plain text.</param>
/// <param name="SavedBy">The admin who wrote it; null for the one that the product comes with.</param>
/// <param name="SavedAt">Likewise.</param>
public sealed record TemplateText(string Subject, string Body, string? SavedBy = null, DateTimeOffset? SavedAt = null);

/// <summary>A version that an admin saved.</summary>
/// <param name="Id">Counts up.</param>
/// <param name="Text">What it says; the product's own words where the admin went back to them.</param>
/// <param name="IsDefault">It went back to the product's own.</param>
/// <param name="Changed">What it changed of the version before it, in words.</param>
public sealed record TemplateVersion(long Id, TemplateText Text, bool IsDefault, string Changed);

/// <summary>Reads templates: an admin's, else the product's own.</summary>
public sealed class MailTemplateQueries(IDbContextFactory<SupportDb> factory)
{
    private const int MostVersions = 100;

    private static readonly ConcurrentDictionary<(MailKind, string), TemplateText> Defaults = new();

    /// <summary>The one in force.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="language">Any other than the six is read as English.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<TemplateText> CurrentAsync(MailKind kind, string language, CancellationToken cancellation = default)
    {
        var known = MailLanguages.Known(language);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var newest = await db.Set<MailTemplate>().AsNoTracking().Where(template => template.Kind == kind && template.Language == known).OrderByDescending(template => template.Id).FirstOrDefaultAsync(cancellation);
        return newest is { Subject: { } subject, Body: { } body } ? new(subject, body, newest.SavedBy, newest.SavedAt) : DefaultOf(kind, known);
    }

    /// <summary>All versions of a template, the newest first, at most 100; empty when nobody changed what the product comes with.</summary>
    public async Task<IReadOnlyList<TemplateVersion>> HistoryAsync(MailKind kind, string language, CancellationToken cancellation = default)
    {
        var known = MailLanguages.Known(language);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        // One more than is shown, to tell what the oldest of them changed.
        var rows = await db.Set<MailTemplate>().AsNoTracking().Where(template => template.Kind == kind && template.Language == known).OrderByDescending(template => template.Id).Take(MostVersions + 1).ToListAsync(cancellation);
        var own = DefaultOf(kind, known);
        return [.. rows.Take(MostVersions).Select((row, index) =>
        {
            var text = TextOf(row, own);
            return new TemplateVersion(row.Id, text, row.Subject is null, row.Subject is null ? "went back to the default" : Changed(text, index + 1 < rows.Count ? TextOf(rows[index + 1], own) : own));
        })];
    }

    /// <summary>The kinds and languages for which an admin's template is in force.</summary>
    public async Task<IReadOnlySet<(MailKind Kind, string Language)>> ChangedAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var all = await db.Set<MailTemplate>().AsNoTracking().Select(template => new { template.Id, template.Kind, template.Language, IsOwn = template.Subject != null }).ToListAsync(cancellation);
        return all.GroupBy(template => (template.Kind, template.Language)).Where(versions => versions.MaxBy(version => version.Id)!.IsOwn).Select(versions => versions.Key).ToHashSet();
    }

    private static TemplateText TextOf(MailTemplate row, TemplateText own) => new(row.Subject ?? own.Subject, row.Body ?? own.Body, row.SavedBy, row.SavedAt);

    private static string Changed(TemplateText after, TemplateText before) => (after.Subject != before.Subject, after.Body != before.Body) switch
    {
        (true, true) => "changed subject and text",
        (true, false) => "changed the subject",
        (false, true) => "changed the text",
        _ => "saved it unchanged",
    };

    /// <summary>The product's own.</summary>
    public static TemplateText DefaultOf(MailKind kind, string language) => Defaults.GetOrAdd((kind, language), static key =>
    {
        var (kind, language) = key;
        var word = kind.ToString();
        var name = $"MailTemplates/{char.ToLowerInvariant(word[0])}{word[1..]}.{language}.liquid";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The template {name} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var parts = reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n\n", 2);
        return new(parts[0], parts[1].TrimEnd());
    });
}

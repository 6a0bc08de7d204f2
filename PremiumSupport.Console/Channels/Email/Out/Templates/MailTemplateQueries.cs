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

/// <summary>Reads templates: an admin's, else the product's own.</summary>
public sealed class MailTemplateQueries(IDbContextFactory<SupportDb> factory)
{
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

    /// <summary>The kinds and languages for which an admin's template is in force.</summary>
    public async Task<IReadOnlySet<(MailKind Kind, string Language)>> ChangedAsync(CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var all = await db.Set<MailTemplate>().AsNoTracking().Select(template => new { template.Id, template.Kind, template.Language, IsOwn = template.Subject != null }).ToListAsync(cancellation);
        return all.GroupBy(template => (template.Kind, template.Language)).Where(versions => versions.MaxBy(version => version.Id)!.IsOwn).Select(versions => versions.Key).ToHashSet();
    }

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

using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Channels.Email.Out.Templates;

/// <summary>Saves templates. What is saved can be made into a mail: it was tried.</summary>
public sealed class MailTemplateCommands(WriteQueue writes, ChangeBus changes, TimeProvider clock)
{
    /// <summary>The topic under which the change bus says that a template was saved; the id is always 0.</summary>
    public const string Topic = "mail-template";

    /// <summary>What is wrong with a template, in sentences by field; null when nothing is.</summary>
    public static Refusal? Check(MailKind kind, string? subject, string? body)
    {
        var example = MailValuesOf.Example(kind, "", "en");
        var errors = new List<(string, string)>();
        if (string.IsNullOrWhiteSpace(subject) || subject.Length > MailTemplateLimits.Subject || subject.Any(char.IsControl))
        {
            errors.Add(("subject", $"A subject is one line of up to {MailTemplateLimits.Subject} characters."));
        }

        if (string.IsNullOrWhiteSpace(body) || body.Length > MailTemplateLimits.Body)
        {
            errors.Add(("body", $"A text has up to {MailTemplateLimits.Body:N0} characters, and at least one."));
        }

        if (errors.Count == 0)
        {
            errors.AddRange(Problem("subject", subject!, example).Concat(Problem("body", body!, example)));
        }

        return errors.Count > 0 ? Refusal.Invalid([.. errors]) : null;
    }

    /// <summary>Saves a version, which counts from the next mail on.</summary>
    public Task<Outcome<bool>> SaveAsync(MailKind kind, string language, string? subject, string? body, StaffCaller caller, CancellationToken cancellation = default) =>
        Check(kind, subject?.Trim(), body) is { } invalid ? Task.FromResult<Outcome<bool>>(invalid) : AddAsync(kind, language, subject!.Trim(), body!.ReplaceLineEndings("\n").TrimEnd(), caller, cancellation);

    /// <summary>Goes back to the product's own; what was saved before stays among the versions.</summary>
    public Task<Outcome<bool>> ResetAsync(MailKind kind, string language, StaffCaller caller, CancellationToken cancellation = default) => AddAsync(kind, language, null, null, caller, cancellation);

    private async Task<Outcome<bool>> AddAsync(MailKind kind, string language, string? subject, string? body, StaffCaller caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!caller.IsAdmin)
        {
            return new Refusal(RefusalKind.Forbidden, "not-admin", "Admins decide what mails say.");
        }

        return await writes.RunAsync<Outcome<bool>>(
            db =>
            {
                var now = Sla.ObligationClock.Whole(clock.GetUtcNow());
                caller.Note(db, now, body is null ? "went back to the default of" : "changed the words of", ("mail templates", $"{kind} {MailLanguages.Known(language)}", ""), null, new { subject });
                db.Add(new MailTemplate
                {
                    Kind = kind,
                    Language = MailLanguages.Known(language),
                    Subject = subject,
                    Body = body,
                    SavedAt = now,
                    SavedBy = caller.Name,
                });
                return Task.FromResult<Outcome<bool>>(true);
            },
            _ => changes.Publish(new(Topic, 0)),
            cancellation);
    }

    private static IEnumerable<(string, string)> Problem(string field, string source, IReadOnlyDictionary<string, object> example)
    {
        if (LiquidTemplate.Check(source, [.. example.Keys]) is { } wrong)
        {
            return [(field, wrong)];
        }

        try
        {
            _ = LiquidTemplate.ToText(source, example);
            _ = LiquidTemplate.ToHtml(source, example);
            return [];
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return [(field, $"It cannot be made into a mail: {failure.Message}")];
        }
    }
}

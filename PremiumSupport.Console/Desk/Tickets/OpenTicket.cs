using System.Net.Mail;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>A request for help as it came in through a door; nothing in it is trusted yet.</summary>
public sealed record OpenTicket
{
    public required Channel Channel { get; init; }

    /// <summary>Up to <see cref="TicketLimits.Subject"/> characters; a chat may leave it out and is named by its first words.</summary>
    public string? Subject { get; init; }

    /// <summary>Up to <see cref="TicketLimits.Body"/> characters.</summary>
    public string? Body { get; init; }

    /// <summary>Uploads of the caller that go with it; with some, the body may be empty.</summary>
    public IReadOnlyList<Guid> Files { get; init; } = [];

    /// <summary>Whose request it is, when staff or a program files it; a customer files their own.</summary>
    public RequesterInput? Requester { get; init; }

    public bool IsBusinessCritical { get; init; }
    public ClaimCriterion? Criterion { get; init; }
    public string? Impact { get; init; }
    public string? PhoneNumber { get; init; }

    /// <summary>When a call back is wished; null for as soon as possible.</summary>
    public CallWish? CallWish { get; init; }

    /// <summary>The call that it began with, when the customer rang us; such a ticket owes no call back, and needs no number.</summary>
    public CallLog? IncomingCall { get; init; }

    public string? Locale { get; init; }
    public ClientPlatform Platform { get; init; }

    /// <summary>Minted by the client; sending the same again opens nothing new.</summary>
    public required string ClientMessageId { get; init; }
}

/// <summary>A requester by the account's key and an address.</summary>
public sealed record RequesterInput(string? AccountKey, string? Email, string? Name);

/// <summary>The answer to a request: its number and its first message.</summary>
public sealed record TicketOpened(long Number, long Sequence, DateTimeOffset SentAt)
{
    /// <summary>The ticket as it was opened; null when the same request had come before.</summary>
    public TicketView? View { get; init; }
}

/// <summary>The answer to a message: it is on disk.</summary>
public sealed record MessagePosted(long Sequence, DateTimeOffset SentAt);

/// <summary>Checks of what a request says, in sentences by field.</summary>
internal static class OpenTicketRules
{
    private const int SubjectOfChat = 80;

    /// <summary>The request with its texts tidied, or a refusal that names each field.</summary>
    public static Outcome<OpenTicket> Tidy(OpenTicket input, bool needsRequester)
    {
        var errors = new List<(string Field, string Message)>();
        var body = MessageText.Tidy(input.Body);
        var subject = MessageText.SingleLine(input.Subject);
        Guid[] files = [.. input.Files.Distinct()];
        if (subject.Length == 0 && input.Channel == Channel.Chat)
        {
            subject = MessageText.Beginning(body, SubjectOfChat);
        }

        if (subject.Length == 0 && input.Channel != Channel.Chat)
        {
            errors.Add(("subject", "A subject is missing."));
        }
        else if (subject.Length > TicketLimits.Subject)
        {
            errors.Add(("subject", $"The subject has {subject.Length:N0} characters; up to {TicketLimits.Subject:N0} fit."));
        }

        errors.AddRange(MessageText.Check(body, "body", files.Length > 0));
        errors.AddRange(Files.MessageFiles.Check(files));
        errors.AddRange(MessageText.CheckId(input.ClientMessageId));
        if (needsRequester)
        {
            errors.AddRange(Check(input.Requester));
        }

        var number = input.Channel == Channel.Phone ? PhoneNumberParser.ToE164(input.PhoneNumber) : null;
        if (input.Channel == Channel.Phone && number is null && (input.IncomingCall is null || !string.IsNullOrWhiteSpace(input.PhoneNumber)))
        {
            errors.Add(("phoneNumber", string.IsNullOrWhiteSpace(input.PhoneNumber)
                ? "A number to call is missing."
                : PhoneNumberParser.HowToWrite));
        }

        return errors.Count > 0
            ? Refusal.Invalid([.. errors])
            : input with
            {
                Subject = subject,
                Body = body,
                Files = files,
                PhoneNumber = number,
                Impact = MessageText.Tidy(input.Impact),
                Requester = input.Requester is { } requester ? requester with { Name = MessageText.SingleLine(requester.Name) } : null,
            };
    }

    /// <summary>Whether this person may claim business critical this way, and has said enough; null when all is well.</summary>
    public static Refusal? CheckClaim(OpenTicket input, RequesterRole role)
    {
        if (!input.IsBusinessCritical)
        {
            return null;
        }

        if (role != RequesterRole.SuperAdmin)
        {
            return new(RefusalKind.Forbidden, "not-super-admin", "Only designated Super Admins can mark a request as business critical.");
        }

        if (input.Channel != Channel.Email)
        {
            return Refusal.Invalid(("businessCritical", "Business critical can be claimed on the email form only."));
        }

        var errors = new List<(string, string)>();
        if (input.Criterion is null)
        {
            errors.Add(("criterion", "Choose what applies: signIn, outage, content or dataLoss."));
        }

        if (input.Impact is not { Length: > 0 and <= TicketLimits.Impact })
        {
            errors.Add(("impact", string.IsNullOrEmpty(input.Impact)
                ? "Say who is affected and what stands still."
                : $"Keep the impact to {TicketLimits.Impact:N0} characters."));
        }

        return errors.Count > 0 ? Refusal.Invalid([.. errors]) : null;
    }

    private static IEnumerable<(string, string)> Check(RequesterInput? requester)
    {
        if (string.IsNullOrWhiteSpace(requester?.AccountKey))
        {
            yield return ("account", "An account is missing.");
        }

        var email = requester?.Email?.Trim();
        if (string.IsNullOrEmpty(email))
        {
            yield return ("requester.email", "The requester's email address is missing.");
        }
        else if (email.Length > 320 || !MailAddress.TryCreate(email, out var address) || address.Address != email || email.Any(char.IsControl))
        {
            yield return ("requester.email", "That is not an email address.");
        }

        if (requester?.Name?.Length > 200)
        {
            yield return ("requester.name", "Keep the name to 200 characters.");
        }
    }
}

using System.Globalization;
using NodaTime.Text;
using PremiumSupport.Channels.Email.Out.Templates;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Files;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Sla;

namespace PremiumSupport.Channels.Email.Out;

/// <summary>A file that goes along.</summary>
internal sealed record MailFile(string Name, string Kind, byte[] Bytes);

/// <summary>What a mail says.</summary>
/// <param name="Values">For its template.</param>
internal sealed record MailSaid(IReadOnlyDictionary<string, object> Values)
{
    /// <summary>The person who wrote it; null when no person did, so that it is an automatic mail.</summary>
    public string? Author { get; init; }

    public IReadOnlyList<MailFile> Files { get; init; } = [];
}

/// <summary>
/// Reads what a mail says when it goes: to a customer, from the customer's own view of their request, which holds no internal note and nothing of anybody else
/// (trust rules 1 and 5).
/// </summary>
internal sealed class MailContent(TicketQueries tickets, CallQueries calls, MessageFileQueries files, FileStore store, StaffMailCommands staff, StaffLinkMails links, SlaReports reports, EmailOptions options, Workspace workspace, PublicUrl publicUrl)
{
    /// <summary>Null when nobody needs it any more.</summary>
    public async Task<MailSaid?> ReadAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        var values = new Dictionary<string, object> { ["name"] = mail.ToName, ["workspace"] = workspace.Name, ["phone"] = workspace.PhoneNumber };
        foreach (var (name, value) in mail.Values?.All ?? new Dictionary<string, string>())
        {
            values[name] = value;
        }

        return mail switch
        {
            { Kind: MailKind.StaffNotice } => await NoticeAsync(mail, values, cancellation),
            { Kind: MailKind.StaffLink } => await StaffLinkAsync(mail, values, cancellation),
            { Kind: MailKind.WeeklyReport } => await ReportAsync(mail, values, cancellation),
            { ContactId: { } contact, TicketNumber: { } number } => await OfRequestAsync(mail, new CustomerCaller(contact, Guid.Empty, mail.ToName, mail.To), number, values, cancellation),
            _ => new MailSaid(values),
        };
    }

    private async Task<MailSaid?> OfRequestAsync(OutgoingMail mail, CustomerCaller reader, long number, Dictionary<string, object> values, CancellationToken cancellation)
    {
        if (await tickets.ForCustomerAsync(number, reader, cancellation) is not { } ticket)
        {
            return null;
        }

        values["number"] = number.ToString(CultureInfo.InvariantCulture);
        values["subject"] = ticket.Subject;
        values["link"] = Link($"/help?lang={mail.Language}#request/{number}");
        switch (mail.Kind)
        {
            case MailKind.Receipt:
                Promise(values, ticket, mail);
                values["callback"] = ticket.Promise?.Metric == Metric.Callback;
                values["claimed"] = ticket.Claim == ClaimState.Pending;
                return new(values);
            case MailKind.ClaimDeclined:
                Promise(values, ticket, mail);
                values["reason"] = MailWords.Paragraphs(ticket.ClaimReason ?? "");
                return new(values);
            case MailKind.Transcript:
                values["messages"] = ticket.Messages.Select(message => new MailTurn(message.AuthorName, MailWords.At(message.SentAt, mail.Zone, mail.Language), MailWords.Paragraphs(Said(message)))).ToList();
                return new(values);
            case MailKind.WrongNumber when await calls.ForCustomerAsync(number, reader, cancellation) is { State: CallbackState.WrongNumber, MayChange: true } callback:
                values["called"] = PhoneRules.InWords(callback.Number);
                return new(values);
            case MailKind.Answer when ticket.Messages.FirstOrDefault(message => message.Sequence == mail.Sequence) is { } answer:
                var attached = await FilesAsync(answer, reader, cancellation);
                values["author"] = answer.AuthorName;
                values["message"] = MailWords.Paragraphs(answer.Body);
                values["files"] = attached.Count == answer.Files.Count ? "" : string.Join(", ", answer.Files.Select(file => file.Facts.Name));
                return new(values) { Author = answer.IsAutomated ? null : answer.AuthorName, Files = attached };
            default:
                return null;
        }
    }

    private async Task<MailSaid?> NoticeAsync(OutgoingMail mail, Dictionary<string, object> values, CancellationToken cancellation)
    {
        if (await staff.OpenAsync(mail, cancellation) is not { } told || await tickets.GetAsync(told.TicketNumber, new StaffCaller(told.RecipientId, mail.ToName, mail.To), cancellation) is not { } ticket)
        {
            return null;
        }

        var (isBreach, metric) = (told.Step == NotificationRules.Breach, told.Metric switch { Metric.NextResponse => "Next response", Metric.Callback => "Call back", _ => "First response" });
        values["number"] = ticket.Number.ToString(CultureInfo.InvariantCulture);
        values["subject"] = ticket.Subject;
        values["link"] = Link($"/tickets/{ticket.Number}");
        values["what"] = isBreach ? $"{metric} missed" : $"{metric} at risk";
        values["isBreach"] = isBreach;
        values["due"] = MailWords.At(told.DueAt, workspace.Zone, mail.Language);
        return new(values);
    }

    // The one mail that is more than read: its link is made here, a moment before it goes.
    private async Task<MailSaid?> StaffLinkAsync(OutgoingMail mail, Dictionary<string, object> values, CancellationToken cancellation)
    {
        if (await links.MakeAsync(mail, cancellation) is not { } made)
        {
            return null;
        }

        values["invited"] = made.IsNew;
        values["hours"] = StaffLink.Lifetime.TotalHours.ToString("0", CultureInfo.InvariantCulture);
        values["link"] = MailWords.Link(made.Address.ToString());
        return new(values);
    }

    private async Task<MailSaid?> ReportAsync(OutgoingMail mail, Dictionary<string, object> values, CancellationToken cancellation)
    {
        var monday = LocalDatePattern.Iso.Parse(values["week"] as string ?? "").GetValueOrThrow();
        var (from, to) = WeeklyReportCommands.Span(monday, workspace.Zone);
        foreach (var (name, value) in MailValuesOf.Report(LocalDatePattern.Iso.Format(monday), LocalDatePattern.Iso.Format(monday.PlusDays(6)), await reports.FiguresAsync(new(from, to), new StaffCaller(Guid.Empty, mail.ToName, mail.To, IsLead: true), cancellation)))
        {
            values[name] = value;
        }

        values["link"] = Link("/dashboard?days=7");
        return new(values);
    }

    private static void Promise(Dictionary<string, object> values, CustomerTicket ticket, OutgoingMail mail)
    {
        var promise = ticket.Promise is { MergedAt: null } kept ? kept : null;
        values["promised"] = promise is not null;
        values["guaranteed"] = promise?.Commitment == Commitment.Guaranteed;
        values["due"] = promise is null ? "" : MailWords.At(promise.DueAt, mail.Zone, mail.Language);
    }

    /// <summary>The files of an answer; none of them when they are too large together or the disk has lost one, and the mail names them instead.</summary>
    private async Task<IReadOnlyList<MailFile>> FilesAsync(PublicMessage message, CustomerCaller reader, CancellationToken cancellation)
    {
        if (message.Files.Sum(file => file.Facts.Size) > options.LargestAttachments)
        {
            return [];
        }

        var attached = new List<MailFile>();
        foreach (var facts in message.Files.Select(file => file.Facts))
        {
            if (await files.OfMessageAsync(message.TicketNumber, message.Sequence, facts.Id, reader, cancellation) is not { } stored || store.Find(stored.StoredName) is not { } path)
            {
                return [];
            }

            attached.Add(new(stored.Name, stored.Kind, await File.ReadAllBytesAsync(path, cancellation)));
        }

        return attached;
    }

    private static string Said(PublicMessage message) => string.Join('\n', new[] { message.Body }.Concat(message.Files.Select(file => $"[{file.Facts.Name}]")).Where(line => line.Length > 0));

    // From the configured address alone (trust rule 19); without one there is no link. The template asks "if link", to which an empty text would be a yes.
    private object Link(string path) => publicUrl.Configured is null ? false : MailWords.Link(publicUrl.Of(path).ToString());
}

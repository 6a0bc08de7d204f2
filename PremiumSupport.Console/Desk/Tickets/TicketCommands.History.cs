using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Accounts.Import;
using PremiumSupport.Desk.Tickets.History;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets;

/// <summary>
/// The verb about tickets of another system. They come in closed, with their number there as a reference, and nothing follows: no promise, no ledger, no mail, no news to programs, and no report
/// counts them.
/// </summary>
public sealed partial class TicketCommands : ITicketHistory
{
    /// <inheritdoc />
    async Task<IReadOnlyList<ImportOutcome>> ITicketHistory.PreviewAsync(IReadOnlyList<HistoryRow> rows, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await TakeInAsync(db, rows, Now());
    }

    /// <inheritdoc />
    async Task<IReadOnlyList<ImportOutcome>> ITicketHistory.ApplyAsync(IReadOnlyList<HistoryRow> rows, CancellationToken cancellation) =>
        await writes.RunAsync(db => TakeInAsync(db, rows, Now(), isKept: true), cancellation: cancellation);

    private async Task<List<ImportOutcome>> TakeInAsync(SupportDb db, IReadOnlyList<HistoryRow> rows, DateTimeOffset now, bool isKept = false)
    {
        var read = rows.Select(row => (row.Row, Read: HistoryRules.Read(row, now))).ToList();
        OldTicket[] good = [.. read.Select(row => row.Read.Ticket).OfType<OldTicket>()];
        string[] references = [.. good.Select(ticket => ticket.Reference).Distinct()], keys = [.. good.Select(ticket => ticket.AccountKey).Distinct()], addresses = [.. good.Select(ticket => ticket.Email).Distinct()];
        var known = (await db.Set<Ticket>().Where(ticket => references.Contains(ticket.ExternalReference!)).Select(ticket => ticket.ExternalReference!).ToListAsync()).ToHashSet(StringComparer.Ordinal);
        var accounts = await db.Set<Account>().Where(account => keys.Contains(account.Key)).ToDictionaryAsync(account => account.Key);
        Guid[] ids = [.. accounts.Values.Select(account => account.Id)];
        var people = await db.Set<Contact>().Where(contact => ids.Contains(contact.AccountId) && addresses.Contains(contact.Email)).ToDictionaryAsync(contact => (contact.AccountId, contact.Email));
        var outcomes = new List<ImportOutcome>(rows.Count);
        foreach (var (row, (ticket, problem)) in read)
        {
            if (ticket is null)
            {
                outcomes.Add(new(row, ImportVerdict.Refused, "", problem!));
                continue;
            }

            var obstacle = !accounts.TryGetValue(ticket.AccountKey, out var account) ? $"There is no account {ticket.AccountKey}." : AccountRules.Email(ticket.Email);
            if (obstacle is not null || !known.Add(ticket.Reference))
            {
                outcomes.Add(obstacle is null ? new(row, ImportVerdict.Same, ticket.Reference, "") : new(row, ImportVerdict.Refused, ticket.Reference, obstacle));
                continue;
            }

            if (!people.TryGetValue((account!.Id, ticket.Email), out var contact))
            {
                contact = people[(account.Id, ticket.Email)] = ContactCommands.New(account.Id, ticket.Email, ticket.Name);
                db.Add(contact);
            }

            if (isKept)
            {
                await AddOldAsync(db, ticket, account, contact);
            }

            outcomes.Add(new(row, ImportVerdict.New, ticket.Reference, ticket.Subject));
        }

        return outcomes;
    }

    private async Task AddOldAsync(SupportDb db, OldTicket old, Account account, Contact contact)
    {
        var ticket = new Ticket
        {
            Subject = old.Subject, Channel = Channel.Mailbox, Status = TicketStatus.Closed, AccountId = account.Id, RequesterId = contact.Id, RequesterRole = contact.Role,
            PolicyVersion = policies.Current.Version, ExternalReference = old.Reference, CreatedAt = old.CreatedAt, UpdatedAt = old.SolvedAt, LastSequence = 1,
            StaffReadSequence = 1, StaffReceivedSequence = 1, Snippet = MessageText.Snippet(old.Message), SnippetAuthor = contact.Name, Version = 1,
        };
        db.Add(ticket);
        // Its number is needed by what hangs on it.
        await db.SaveChangesAsync();
        db.Add(new PublicMessage
        {
            TicketNumber = ticket.Number, Sequence = 1, From = MessageFrom.Customer, AuthorId = contact.Id, AuthorName = contact.Name, Body = old.Message, SentAt = old.CreatedAt,
            ClientMessageId = $"history-{ticket.Number}",
        });
        db.Add(new TicketEvent { TicketNumber = ticket.Number, Kind = TicketEventKind.Imported, At = old.SolvedAt, ActorName = Platform.Identity.Caller.System.Name, Detail = old.Reference });
    }
}

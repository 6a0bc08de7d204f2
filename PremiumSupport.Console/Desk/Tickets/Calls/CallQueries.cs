using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Desk.Tickets.Waiting;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>A customer's callback as they see it.</summary>
/// <param name="Number">The number that we call, E.164: their own words.</param>
/// <param name="Position">Their place among those whose call is owed, 1 being next; null when none is.</param>
/// <param name="Expected">From recent first attempts; null where there is no basis.</param>
/// <param name="IsCalling">Whether we are ringing them right now.</param>
/// <param name="MayChange">Whether they may cancel it or ask for another time.</param>
public sealed record CustomerCallback(
    CallbackState State, string Number, CallWindow? Window, DateTimeOffset? NextCallAt, int Attempts, int? Position, TimeSpan? Expected, bool IsCalling, bool MayChange);

/// <summary>Who may be calling: somebody of whom we have that number, which identifies nobody (trust rule 22).</summary>
public sealed record CallerHint(Guid ContactId, string Name, string Email, string AccountKey, string AccountName, long TicketNumber);

/// <summary>A person of an account, to be chosen as the caller.</summary>
public sealed record CallerChoice(Guid ContactId, string Name, string Email, string AccountKey, string AccountName);

/// <summary>Reads calls and callbacks.</summary>
public sealed class CallQueries(IDbContextFactory<SupportDb> factory, TimeProvider clock)
{
    private const int MostHints = 5;
    private const int MostChoices = 8;
    private const int MostCalls = 50;
    private const int MostAnswers = 50;

    private static readonly TimeSpan Recent = TimeSpan.FromHours(2);
    private static readonly TimeSpan Unfiled = TimeSpan.FromDays(1);

    /// <summary>The calls of a ticket, the newest first.</summary>
    public async Task<IReadOnlyList<CallView>> OfTicketAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return [.. (await db.Set<Call>().AsNoTracking().Where(call => call.TicketNumber == number).OrderByDescending(call => call.StartedAt).Take(MostCalls).ToListAsync(cancellation)).Select(CallView.Of)];
    }

    /// <summary>What the customer of a ticket wants to be called about and when; null when they asked for no call.</summary>
    public async Task<CallbackView?> CallbackAsync(long number, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Callback>().AsNoTracking().SingleOrDefaultAsync(callback => callback.TicketNumber == number, cancellation) is { } row ? CallbackView.Of(row) : null;
    }

    /// <summary>Incoming calls of the last day that belong to no ticket yet, the newest first.</summary>
    public async Task<IReadOnlyList<CallView>> UnfiledAsync(StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var since = clock.GetUtcNow() - Unfiled;
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return [.. (await db.Set<Call>().AsNoTracking().Where(call => call.TicketNumber == null && call.StartedAt >= since).OrderByDescending(call => call.StartedAt).Take(MostCalls).ToListAsync(cancellation)).Select(CallView.Of)];
    }

    /// <summary>People who were called on that number, or rang from it, before.</summary>
    public async Task<IReadOnlyList<CallerHint>> HintsAsync(string? typed, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (PhoneNumberParser.ToE164(typed) is not { } number)
        {
            return [];
        }

        await using var db = await factory.CreateDbContextAsync(cancellation);
        var rang = await db.Set<Call>().AsNoTracking().Where(call => call.Number == number && call.TicketNumber != null).OrderByDescending(call => call.StartedAt).Take(MostCalls).Select(call => call.TicketNumber!.Value).ToListAsync(cancellation);
        var asked = await db.Set<Callback>().AsNoTracking().Where(callback => callback.Number == number).OrderByDescending(callback => callback.TicketNumber).Take(MostCalls).Select(callback => callback.TicketNumber).ToListAsync(cancellation);
        List<long> numbers = [.. rang, .. asked];
        var hints = await db.Set<Ticket>().AsNoTracking().Where(ticket => numbers.Contains(ticket.Number)).OrderByDescending(ticket => ticket.Number)
            .Select(ticket => new CallerHint(ticket.RequesterId, ticket.Requester!.Name, ticket.Requester.Email, ticket.Account!.Key, ticket.Account.Name, ticket.Number)).ToListAsync(cancellation);
        return [.. hints.DistinctBy(hint => hint.ContactId).Take(MostHints)];
    }

    /// <summary>People by name, address or account, to choose from.</summary>
    public async Task<IReadOnlyList<CallerChoice>> FindCallersAsync(string? text, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var words = MessageText.SingleLine(text);
        if (words.Length < 2)
        {
            return [];
        }

        var pattern = TextMatch.Anywhere(words);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await db.Set<Contact>().AsNoTracking()
            .Where(contact => TextMatch.Holds(contact.Name, pattern) || TextMatch.Holds(contact.Email, pattern) || TextMatch.Holds(contact.Account!.Name, pattern))
            .OrderBy(contact => contact.Name).ThenBy(contact => contact.Id).Take(MostChoices)
            .Select(contact => new CallerChoice(contact.Id, contact.Name, contact.Email, contact.Account!.Key, contact.Account.Name))
            .ToListAsync(cancellation);
    }

    /// <summary>Open tickets of a person, to log a call on.</summary>
    public async Task<IReadOnlyList<RelatedTicket>> OpenOfAsync(Guid contactId, StaffCaller caller, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var db = await factory.CreateDbContextAsync(cancellation);
        return await QueueRows.Open(db).AsNoTracking().Where(ticket => ticket.RequesterId == contactId).OrderByDescending(ticket => ticket.Number).Take(MostChoices)
            .Select(ticket => new RelatedTicket(ticket.Number, ticket.Subject, ticket.Status, ticket.NextDueAt, ticket.UpdatedAt)).ToListAsync(cancellation);
    }

    /// <summary>A customer's own callback with their place in the line; null when they asked for none, or the request is not theirs.</summary>
    public async Task<CustomerCallback?> ForCustomerAsync(long number, CustomerCaller caller, CancellationToken cancellation = default)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var ticket = await TicketQueries.Visible(db, caller).AsNoTracking().Include(ticket => ticket.Obligations).SingleOrDefaultAsync(ticket => ticket.Number == number, cancellation);
        if (ticket is null || await db.Set<Callback>().AsNoTracking().SingleOrDefaultAsync(callback => callback.TicketNumber == number, cancellation) is not { } callback)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var isOpen = ticket.Status is TicketStatus.New or TicketStatus.Open or TicketStatus.Waiting;
        var isCalling = await db.Set<Call>().AnyAsync(call => call.TicketNumber == number && call.EndedAt == null && call.CountedAt != null, cancellation);
        var owed = isOpen ? ticket.Obligations.Find(obligation => obligation.ToFacts() is { Metric: Metric.Callback, IsOpen: true } facts && facts.StartedAt <= now) : null;
        var (position, expected) = owed is null || isCalling ? (null, null) : await PlaceAsync(db, owed, now, cancellation);
        return new(callback.State, callback.Number, callback.Window, isOpen ? callback.NextCallAt : null, callback.Attempts, position, expected, isCalling, isOpen && !isCalling);
    }

    /// <summary>Why a number is not to be called now, told to whoever asks; null when it may be.</summary>
    /// <param name="db">The transaction that decides.</param>
    /// <param name="number">E.164 and valid.</param>
    /// <param name="except">The ticket whose own callback does not count.</param>
    /// <param name="caller">
    /// Who asks. A customer may have one open callback for a number, whoever asked for it (trust rule 22), and only their own requests are named to them. Who speaks for the vendor is not held
    /// to that: they know when two people share a switchboard.
    /// </param>
    internal static async Task<Refusal?> ObstacleAsync(SupportDb db, string number, long? except, Caller caller)
    {
        if ((await PhoneRuleCommands.ReadAsync(db)).Obstacle(number) is { } refused)
        {
            return Refusal.Invalid(("phoneNumber", refused)) with { Code = "number-refused" };
        }

        if (caller is not CustomerCaller customer)
        {
            return null;
        }

        var taken = await db.Set<Callback>().Where(callback => callback.Number == number && callback.NextCallAt != null && callback.TicketNumber != except)
            .Join(QueueRows.Open(db), callback => callback.TicketNumber, ticket => ticket.Number, (_, ticket) => new { ticket.Number, ticket.RequesterId }).FirstOrDefaultAsync();
        return taken is null ? null : Refusal.Conflict("callback-open", customer.ContactId != taken.RequesterId
            ? "Somebody has asked us already to call this number. We call it once; give another number, or write to us."
            : $"We have been asked already to call this number: see request {taken.Number}.");
    }

    /// <summary>The place of an owed call among all that are, and how long the calls before it took; from attempts that were made, not from a slogan.</summary>
    private static async Task<(int? Position, TimeSpan? Expected)> PlaceAsync(SupportDb db, Obligation owed, DateTimeOffset now, CancellationToken cancellation)
    {
        var callbacks = db.Set<Obligation>().AsNoTracking().Where(other => other.Metric == Metric.Callback && other.MergedAt == null);
        var before = await callbacks.Where(other => other.AnsweredAt == null && other.StartedAt <= now && (other.StartedAt < owed.StartedAt || (other.StartedAt == owed.StartedAt && other.Id < owed.Id)))
            .Join(QueueRows.Open(db), other => other.TicketNumber, ticket => ticket.Number, (other, _) => other.Id).CountAsync(cancellation);
        var since = now - Recent;
        var answers = await callbacks.Where(other => other.AnsweredAt != null && other.AnsweredAt >= since)
            .OrderByDescending(other => other.AnsweredAt).Take(MostAnswers).Select(other => new { other.StartedAt, other.AnsweredAt }).ToListAsync(cancellation);
        return (before + 1, WaitForecast.Expect([.. answers.Select(answer => new FirstAnswer(answer.StartedAt, answer.AnsweredAt!.Value))], before + 1));
    }
}

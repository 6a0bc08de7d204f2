using PremiumSupport.Desk.Tickets.Files;

namespace PremiumSupport.Desk.Tickets;

/// <summary>Who speaks in a conversation.</summary>
public enum MessageFrom { Customer, Staff, System }

/// <summary>
/// A message that the customer sees. Internal notes are another type (<see cref="InternalNote"/>), so that what builds mail, widget or transcript
/// cannot take one by mistake (trust rule 5).
/// </summary>
public sealed class PublicMessage
{
    public long Id { get; set; }
    public long TicketNumber { get; set; }

    /// <summary>Gapless per ticket, from 1.</summary>
    public long Sequence { get; set; }

    public MessageFrom From { get; set; }

    /// <summary>The contact or staff member; null for the system.</summary>
    public Guid? AuthorId { get; set; }

    public required string AuthorName { get; set; }

    /// <summary>Plain text; at most <see cref="TicketLimits.Body"/> characters. Empty only where there are files.</summary>
    public required string Body { get; set; }

    /// <summary>The files that it was sent with, in their order.</summary>
    public IReadOnlyList<PublicFile> Files { get; set; } = [];

    public DateTimeOffset SentAt { get; set; }

    /// <summary>Minted by the client; the same id of the same author is the same message.</summary>
    public required string ClientMessageId { get; set; }

    /// <summary>Not written by a human, so it answers nothing (rule 2).</summary>
    public bool IsAutomated { get; set; }

    /// <summary>When we learned that it never arrived; null as far as we know that it did (rule 2).</summary>
    public DateTimeOffset? BouncedAt { get; set; }
}

/// <summary>Somebody of the staff, as a note names them.</summary>
/// <param name="Name">What stands behind the @: the name of then, or the address.</param>
public sealed record NamedColleague(Guid StaffId, string Name);

/// <summary>A note among staff. Never leaves the console and the staff API.</summary>
public sealed class InternalNote
{
    public long Id { get; set; }
    public long TicketNumber { get; set; }

    /// <summary>The public message it was written behind; 0 before the first.</summary>
    public long BehindSequence { get; set; }

    public Guid AuthorId { get; set; }
    public required string AuthorName { get; set; }
    public required string Body { get; set; }

    /// <summary>The files that it was written with, in their order.</summary>
    public IReadOnlyList<NoteFile> Files { get; set; } = [];

    /// <summary>The colleagues named in it, each by what stands behind the @ in <see cref="Body"/>; shown by the name that they have now.</summary>
    public IReadOnlyList<NamedColleague> Mentions { get; set; } = [];

    public DateTimeOffset WrittenAt { get; set; }
    public required string ClientMessageId { get; set; }
}

/// <summary>Something that happened to a ticket, for its timeline and for audit.</summary>
public sealed class TicketEvent
{
    public long Id { get; set; }
    public long TicketNumber { get; set; }
    public TicketEventKind Kind { get; set; }
    public DateTimeOffset At { get; set; }
    public Guid? ActorId { get; set; }
    public string ActorName { get; set; } = "";

    /// <summary>What it became, in words or a word of the API.</summary>
    public string Detail { get; set; } = "";

    /// <summary>What it was before, likewise.</summary>
    public string Before { get; set; } = "";
}

/// <summary>The kinds of <see cref="TicketEvent"/>.</summary>
public enum TicketEventKind { Opened, Assigned, Unassigned, StatusChanged, SeverityChanged, ClaimConfirmed, ClaimDeclined, SubjectChanged, Tagged, Called, Warned, Breached, Answered, Reopened, Merged, TookIn, DeadlineMoved, Paused, RequesterChanged, Bounced, SplitOff, SplitFrom, Rated, MailHeld, CallbackCancelled, CallbackMoved, Skipped, Snoozed, Woken, Linked, Unlinked, Imported, Nudged }

/// <summary>Sizes that every door checks.</summary>
public static class TicketLimits
{
    public const int Subject = 300;
    public const int Body = 100_000;
    public const int Impact = 2_000;
    public const int Reason = 2_000;
    public const int ClientMessageId = 100;

    /// <summary>Files of one message.</summary>
    public const int Files = 10;
}

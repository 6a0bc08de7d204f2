namespace PremiumSupport.Sla;

/// <summary>The way a request reached us. <see cref="Mailbox"/> is mail sent straight to the mailbox, not the email form.</summary>
public enum Channel { Email, Chat, Phone, Mailbox }

/// <summary>What the requester is to their account: a designated Super Admin or anybody else.</summary>
public enum RequesterRole { User, SuperAdmin }

/// <summary>How grave a ticket is held to be. A pending claim of business critical already counts as critical.</summary>
public enum Severity { Standard, BusinessCritical }

/// <summary>The claim that a request is business critical, and what a specialist decided about it.</summary>
public enum ClaimState { None, Pending, Confirmed, Declined }

/// <summary>The published criteria for business critical, of which a claim names one.</summary>
public enum ClaimCriterion
{
    /// <summary>Most or all users cannot sign in or reach essential tools.</summary>
    SignIn,

    /// <summary>A system-wide outage stops core operations or a time-critical launch.</summary>
    Outage,

    /// <summary>Published content is unreachable for several teams or the whole organisation.</summary>
    Content,

    /// <summary>Serious data loss or a security breach.</summary>
    DataLoss,
}

/// <summary>What a promise measures.</summary>
public enum Metric { FirstResponse, NextResponse, Callback }

/// <summary>Whether the vendor owes the promise or merely aims at it.</summary>
public enum Commitment { Guaranteed, Target }

/// <summary>Where the customer asked from. Premium Support is not offered inside the vendor's mobile app.</summary>
public enum ClientPlatform { Web, MobileApp }

/// <summary>The state of one obligation at one instant.</summary>
public enum ObligationState { OnTrack, AtRisk, Breached, Met, Paused, Excluded, Merged }

/// <summary>
/// What kind of fact a ledger row records (rule 16). <see cref="Answered"/> is an answer that came late; <see cref="Published"/> (a policy version) and
/// <see cref="Declared"/> (an approved exception) stand on the vendor's own chain. <see cref="Withdrawn"/> is a callback that its customer did not want any longer.
/// </summary>
public enum LedgerKind { Promised, Warned, Breached, Met, Retargeted, Excluded, Claimed, Confirmed, Declined, Merged, Reopened, Answered, Published, Declared, Withdrawn }

/// <summary>Why a callback is owed no longer, or no longer for when it was: always something that its customer did or is glad of.</summary>
public enum Withdrawal
{
    /// <summary>They need no call.</summary>
    Cancelled,

    /// <summary>They want it at another time or on another number, for which it is promised anew.</summary>
    Rescheduled,

    /// <summary>They rang us first.</summary>
    CalledIn,

    /// <summary>We reached them before the time that they had asked for.</summary>
    ReachedEarly,
}

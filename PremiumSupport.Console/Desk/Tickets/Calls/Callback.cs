namespace PremiumSupport.Desk.Tickets.Calls;

/// <summary>Where a callback stands.</summary>
public enum CallbackState
{
    /// <summary>A call is owed or will be tried again.</summary>
    Due,

    /// <summary>We spoke, whoever rang whom.</summary>
    Reached,

    /// <summary>All attempts that the rules allow got nobody.</summary>
    Exhausted,

    /// <summary>The number is somebody else's: the customer is asked for another.</summary>
    WrongNumber,

    /// <summary>The customer needs no call.</summary>
    Cancelled,
}

/// <summary>
/// What a customer wants of a call back, and what we mean to do about it. When the first attempt is owed is the ticket's obligation; when to try again is a promise to oneself
/// and stands here.
/// </summary>
public sealed class Callback
{
    public long TicketNumber { get; set; }

    /// <summary>E.164.</summary>
    public required string Number { get; set; }

    public CallbackState State { get; set; }

    /// <summary>From when they want to be called; null for as soon as possible.</summary>
    public DateTimeOffset? WindowFrom { get; set; }

    /// <summary>Until when, exclusive.</summary>
    public DateTimeOffset? WindowTo { get; set; }

    /// <summary>Their time zone, IANA; null when they did not say.</summary>
    public string? Zone { get; set; }

    /// <summary>Attempts since they last asked, made and not reached.</summary>
    public int Attempts { get; set; }

    /// <summary>When to call next, or from when on; null when no call is meant to be made. The number is taken while this says something (trust rule 22).</summary>
    public DateTimeOffset? NextCallAt { get; set; }

    /// <summary>The window, if they named one.</summary>
    public CallWindow? Window => WindowFrom is { } from && WindowTo is { } to ? new(from, to, Zone ?? "Etc/UTC") : null;

    /// <summary>What they wish from now on.</summary>
    public void Wish(CallWindow? window, string? zone, DateTimeOffset now)
    {
        (WindowFrom, WindowTo, Zone) = (window?.From, window?.To, window?.Zone ?? zone ?? Zone);
        (State, Attempts, NextCallAt) = (CallbackState.Due, 0, window?.From ?? now);
    }

    /// <summary>No call is meant to be made any more.</summary>
    public void Settle(CallbackState state) => (State, NextCallAt) = (state, null);

    /// <summary>An attempt came to its end.</summary>
    /// <param name="rules">How often and when to try again.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="zone">The customer's zone where they did not name one.</param>
    /// <param name="now">When.</param>
    public void Take(PhoneRules rules, CallOutcome outcome, string zone, DateTimeOffset now)
    {
        if (outcome == CallOutcome.Reached)
        {
            Settle(CallbackState.Reached);
        }
        else if (outcome == CallOutcome.WrongNumber)
        {
            Settle(CallbackState.WrongNumber);
        }
        else if (State == CallbackState.Due)
        {
            Attempts++;
            NextCallAt = CallPlan.Next(rules, Attempts, Window, Zone ?? zone, now);
            State = NextCallAt is null ? CallbackState.Exhausted : CallbackState.Due;
        }
    }
}

/// <summary>A callback as staff sees it.</summary>
/// <param name="Zone">The customer's zone: the one that they named, else their account's.</param>
public sealed record CallbackView(string Number, CallbackState State, CallWindow? Window, string? Zone, int Attempts, DateTimeOffset? NextCallAt)
{
    /// <summary>The view of a row.</summary>
    public static CallbackView Of(Callback row) => new(row.Number, row.State, row.Window, row.Zone, row.Attempts, row.NextCallAt);
}

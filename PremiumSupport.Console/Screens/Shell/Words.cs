using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Calls;
using PremiumSupport.Desk.Tickets.Next;
using PremiumSupport.Desk.Tickets.Requests;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Shell;

/// <summary>The console's English words for the product's vocabulary.</summary>
public static class Words
{
    /// <summary>A status as people say it.</summary>
    public static string Of(TicketStatus status) => status switch
    {
        TicketStatus.New => "New",
        TicketStatus.Open => "Open",
        TicketStatus.Waiting => "Waiting",
        TicketStatus.Solved => "Solved",
        _ => "Closed",
    };

    /// <summary>The way a request came.</summary>
    public static string Of(Channel channel) => channel switch
    {
        Channel.Email => "email form",
        Channel.Chat => "chat",
        Channel.Phone => "call back",
        _ => "mailbox",
    };

    /// <summary>The icon of a channel; mail is mail, by form or straight to the mailbox.</summary>
    public static string IconOf(Channel channel) => channel switch { Channel.Chat => "chat", Channel.Phone => "phone", _ => "email" };

    /// <summary>What is measured.</summary>
    public static string Of(Metric metric) => metric switch
    {
        Metric.NextResponse => "Next response",
        Metric.Callback => "Call back",
        _ => "First response",
    };

    /// <summary>Owed or aimed at.</summary>
    public static string Of(Commitment commitment) => commitment == Commitment.Guaranteed ? "guaranteed" : "target";

    /// <summary>What came of a call.</summary>
    public static string Of(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Reached => "Reached",
        CallOutcome.NoAnswer => "No answer",
        CallOutcome.Busy => "Busy",
        CallOutcome.Voicemail => "Voicemail",
        _ => "Wrong number",
    };

    /// <summary>Why a ticket was let go by.</summary>
    public static string Of(SkipReason reason) => reason switch
    {
        SkipReason.NotMyArea => "Not my area",
        SkipReason.OtherLanguage => "In a language I do not speak",
        SkipReason.NeedsColleague => "A colleague should take it",
        SkipReason.Unclear => "I cannot tell what it needs",
        SkipReason.ShiftEnds => "My shift ends",
        _ => "Something else",
    };

    /// <summary>How somebody found the help.</summary>
    public static string Of(RatingScore score) => score switch
    {
        RatingScore.VeryBad => "Very bad",
        RatingScore.Bad => "Bad",
        RatingScore.Okay => "Okay",
        RatingScore.Good => "Good",
        _ => "Very good",
    };

    /// <summary>The first word of a name, as colleagues would say it.</summary>
    public static string First(string name) => name.Split(' ', 2)[0];

    /// <summary>A count with its noun.</summary>
    public static string Count(int number, string one, string? many = null) => number == 1 ? $"1 {one}" : $"{number} {many ?? one + "s"}";
}

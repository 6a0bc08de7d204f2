namespace PremiumSupport.Desk.Preferences;

/// <summary>What somebody can be told of, each with switches of its own.</summary>
public enum AlertEvent { AtRisk, Breached, Nudge, Mention, Assigned, CustomerReply, NewUnassigned }

/// <summary>How somebody is told. The list of the bell, the count in the title and the dot are there whatever is chosen.</summary>
[Flags]
public enum AlertMeans
{
    None = 0,

    /// <summary>A card over the page.</summary>
    Toast = 1,

    /// <summary>A sound, in one window of a browser.</summary>
    Sound = 2,

    /// <summary>A notification of the operating system, where the browser was allowed to.</summary>
    Desktop = 4,

    /// <summary>A mail, where mail is configured; only warnings and breaches have one.</summary>
    Mail = 8,
}

/// <summary>What one person chose for one event.</summary>
public sealed record AlertChoice(AlertEvent Event, AlertMeans Means);

using PremiumSupport.Platform.Web.Limits;

namespace PremiumSupport.Channels.Help;

/// <summary>
/// What one caller may do at the widget's doors, so that one who does too much is slowed down and nobody else. Sized so that a person, or an office behind one address,
/// never meets them; all of them times <see cref="LimitOptions.Scale"/>.
/// </summary>
internal sealed class WidgetLimits(LimitOptions options, TimeProvider clock)
{
    /// <summary>Identity tokens that are not good, by address: whoever tries to forge one gets few tries.</summary>
    public Limiter Unknown { get; } = Make(options, clock, 30, TimeSpan.FromSeconds(2));

    /// <summary>Sessions, by address.</summary>
    public Limiter Sessions { get; } = Make(options, clock, 600, TimeSpan.FromMilliseconds(100));

    /// <summary>Sessions, by person: a page that is reloaded begins or resumes one.</summary>
    public Limiter Person { get; } = Make(options, clock, 60, TimeSpan.FromSeconds(2));

    /// <summary>Requests by form or for a call, by person.</summary>
    public Limiter Requests { get; } = Make(options, clock, 30, TimeSpan.FromSeconds(6));

    /// <summary>Messages into one's own conversations, by person; a browser that was offline sends what has gathered.</summary>
    public Limiter Messages { get; } = Make(options, clock, 120, TimeSpan.FromMilliseconds(500));

    /// <summary>What only reads, by person.</summary>
    public Limiter Reads { get; } = Make(options, clock, 600, TimeSpan.FromMilliseconds(50));

    /// <summary>Articles searched and read, by address; suggestions come as one types.</summary>
    public Limiter Articles { get; } = Make(options, clock, 300, TimeSpan.FromMilliseconds(100));

    /// <summary>Answers to "Was this helpful?", by address.</summary>
    public Limiter Feedback { get; } = Make(options, clock, 30, TimeSpan.FromSeconds(5));

    /// <summary>What was asked and what came of it, by address: a page tells it when somebody stops typing, reads an article or contacts us.</summary>
    public Limiter Questions { get; } = Make(options, clock, 60, TimeSpan.FromSeconds(2));

    private static Limiter Make(LimitOptions options, TimeProvider clock, int burst, TimeSpan every) => new(new Allowance(burst, every).Times(options.Scale), clock);
}

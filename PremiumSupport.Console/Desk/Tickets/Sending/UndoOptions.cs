using System.Globalization;
using PremiumSupport.Sla;

namespace PremiumSupport.Desk.Tickets.Sending;

/// <summary>How long an answer waits before it is really sent, so that its author can take it back (<c>Undo:Email</c>, <c>Undo:Chat</c>; zero sends at once).</summary>
public sealed record UndoOptions
{
    /// <summary>The longest window: a customer must not wait for long behind somebody's second thoughts.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Answers that go out as mail: requests by form, by mail and for a call.</summary>
    public TimeSpan Email { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Answers in a chat, where somebody sits and waits.</summary>
    public TimeSpan Chat { get; init; } = TimeSpan.Zero;

    /// <summary>The window of a channel.</summary>
    public TimeSpan Of(Channel channel) => channel == Channel.Chat ? Chat : Email;

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidOperationException">One makes no sense; the message names the key.</exception>
    public static UndoOptions Read(IConfiguration configuration)
    {
        var (section, options) = (configuration.GetSection("Undo"), new UndoOptions());
        return new() { Email = Window(section, nameof(Email), options.Email), Chat = Window(section, nameof(Chat), options.Chat) };
    }

    private static TimeSpan Window(IConfigurationSection section, string key, TimeSpan otherwise) =>
        section[key] is not { Length: > 0 } text ? otherwise
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var window) && window >= TimeSpan.Zero && window <= Longest ? window
        : throw new InvalidOperationException($"Undo:{key} (environment variable Undo__{key}) is '{text}', which is not a duration from 00:00:00 to 00:01:00.");
}

namespace PremiumSupport.Channels.Chat;

/// <summary><c>Chat:*</c>: how much one connection may ask for, and when a customer is offered another way.</summary>
public sealed record ChatOptions
{
    /// <summary>Messages that one connection may send each second, in the long run; 200 is more than anybody reads and less than a program gone wild.</summary>
    public double MessagesPerSecond { get; init; } = 200;

    /// <summary>Messages that may come at once, e.g. what was written during an outage.</summary>
    public int MessageBurst { get; init; } = 400;

    /// <summary>Joins and signs of typing and reading of one connection each second, in the long run.</summary>
    public double SignsPerSecond { get; init; } = 50;

    /// <summary>How many of those may come at once.</summary>
    public int SignBurst { get; init; } = 200;

    /// <summary>Conversations that are not there or not one's own, asked for by one connection, before it is told to stop; one more each second.</summary>
    public int MostMisses { get; init; } = 100;

    /// <summary>Conversations that one connection may listen to.</summary>
    public int MostConversations { get; init; } = 500;

    /// <summary>A chat that waits longer for its first answer, or is expected to, is offered the email form, whose answer is promised.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <exception cref="InvalidOperationException">A value makes no sense; the message names its key and environment variable.</exception>
    internal static ChatOptions Read(IConfiguration configuration)
    {
        ChatOptions options;
        try
        {
            options = configuration.GetSection("Chat").Get<ChatOptions>() ?? new();
        }
        catch (InvalidOperationException wrong)
        {
            throw new InvalidOperationException($"A key below Chat: (environment variables Chat__…) cannot be read: {wrong.InnerException?.Message ?? wrong.Message}", wrong);
        }

        foreach (var (name, value) in new (string, double)[]
        {
            (nameof(MessagesPerSecond), options.MessagesPerSecond), (nameof(MessageBurst), options.MessageBurst), (nameof(SignsPerSecond), options.SignsPerSecond),
            (nameof(SignBurst), options.SignBurst), (nameof(MostMisses), options.MostMisses), (nameof(MostConversations), options.MostConversations),
            (nameof(LongestWait), options.LongestWait.TotalSeconds),
        })
        {
            if (!(value > 0) || double.IsInfinity(value))
            {
                throw new InvalidOperationException($"Chat:{name} (environment variable Chat__{name}) has to be more than nothing.");
            }
        }

        return options;
    }
}

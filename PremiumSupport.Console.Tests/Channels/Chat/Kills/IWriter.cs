namespace PremiumSupport.Tests.Channels.Chat.Kills;

/// <summary>Somebody who writes into one conversation and watches it.</summary>
internal interface IWriter : IAsyncDisposable
{
    /// <summary>Writes on until told to stop; returns when everything written is acknowledged.</summary>
    Task WriteAsync(CancellationToken stop);

    /// <summary>What stands before them, once they have had the time to see so many messages.</summary>
    Task<IReadOnlyList<View>> ViewsAsync(long last);

    /// <summary>What nobody may see, in words.</summary>
    IReadOnlyList<string> Troubles { get; }
}

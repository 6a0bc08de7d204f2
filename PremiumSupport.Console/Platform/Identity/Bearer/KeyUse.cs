using System.Collections.Concurrent;

namespace PremiumSupport.Platform.Identity.Bearer;

/// <summary>Remembers when keys were used, to the minute: a row written per request would keep the disk busier than the requests do.</summary>
internal sealed partial class KeyUse(ApiKeyCommands commands, ILogger<KeyUse> log)
{
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();

    /// <summary>Returns at once; the request does not wait for the note, and a note that fails harms nobody.</summary>
    public void Note(ApiKey key, DateTimeOffset now)
    {
        var last = _noted.GetValueOrDefault(key.Id, key.LastUsedAt ?? DateTimeOffset.MinValue);
        if (now - last >= Precision && (_noted.TryAdd(key.Id, now) || _noted.TryUpdate(key.Id, now, last)))
        {
            _ = WriteAsync(key.Id, now);
        }
    }

    private async Task WriteAsync(Guid id, DateTimeOffset now)
    {
        try
        {
            await commands.TouchAsync(id, now);
        }
        catch (Exception failure)
        {
            LogNotNoted(log, id, failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The last use of API key {Id} could not be noted")]
    private static partial void LogNotNoted(ILogger logger, Guid id, Exception failure);
}

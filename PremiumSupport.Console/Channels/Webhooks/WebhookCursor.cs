using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Channels.Webhooks;

/// <summary>
/// Up to where the facts of tickets were made into messages. Events and public messages are numbered in the order in which they are committed, because one writer at a time
/// writes them, so what lies behind the cursor is all that is new.
/// </summary>
internal static class WebhookCursor
{
    private const string Key = "Webhooks:Cursor";

    /// <summary>The last event and the last message that were looked at.</summary>
    public static async Task<(long Event, long Message)> ReadAsync(SupportDb db)
    {
        var text = await db.Set<Setting>().AsNoTracking().Where(setting => setting.Key == Key).Select(setting => setting.Value).SingleOrDefaultAsync();
        return text?.Split(' ') is [var happening, var message] ? (long.Parse(happening, CultureInfo.InvariantCulture), long.Parse(message, CultureInfo.InvariantCulture)) : (0, 0);
    }

    /// <summary>Moves it.</summary>
    public static async Task WriteAsync(SupportDb db, (long Event, long Message) at)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{at.Event} {at.Message}");
        if (await db.Set<Setting>().FindAsync(Key) is { } kept)
        {
            kept.Value = text;
        }
        else
        {
            db.Add(new Setting { Key = Key, Value = text });
        }
    }

    /// <summary>Where nobody listened, what happened meanwhile is nobody's: the first who listens hears of what comes.</summary>
    public static async Task WakeAsync(SupportDb db)
    {
        if (!await db.Set<WebhookEndpoint>().AnyAsync(endpoint => endpoint.IsOn))
        {
            await WriteAsync(db, (await db.Set<TicketEvent>().MaxAsync(row => (long?)row.Id) ?? 0, await db.Set<PublicMessage>().MaxAsync(row => (long?)row.Id) ?? 0));
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;
using PremiumSupport.Tests.Screens;

namespace PremiumSupport.Tests.Desk.Tickets;

[Collection(SharedHost.Name)]
public sealed class SqliteTimelineWindowTests(SupportHost host) : TimelineWindowTests(host);

[Collection(SharedPostgresHost.Name)]
public sealed class PostgresTimelineWindowTests(PostgresHost host) : TimelineWindowTests(host.OrSkip());

/// <summary>A conversation of thousands is read from its end, and nothing of it is left out on the way up.</summary>
public abstract class TimelineWindowTests(SupportHost host)
{
    private static readonly StaffCaller Mara = new(Guid.NewGuid(), "Mara", "specialist@demo.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_newest_are_read_until_somebody_asks_for_more()
    {
        var number = await host.OpenTicketAsync("Five thousand messages");
        await using (var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(Cancel))
        {
            var first = await db.Set<PublicMessage>().AsNoTracking().SingleAsync(message => message.TicketNumber == number, Cancel);
            db.AddRange(Enumerable.Range(2, 4_999).Select(sequence => new PublicMessage
            {
                TicketNumber = number, Sequence = sequence, From = MessageFrom.Customer, AuthorName = "Sofia", Body = $"Message {sequence}", ClientMessageId = $"many-{sequence}", SentAt = first.SentAt.AddSeconds(sequence),
            }));
            db.Add(new InternalNote { TicketNumber = number, AuthorId = Mara.StaffId, AuthorName = "Mara", Body = "An old note", ClientMessageId = "old", WrittenAt = first.SentAt.AddSeconds(10) });
            db.Add(new InternalNote { TicketNumber = number, AuthorId = Mara.StaffId, AuthorName = "Mara", Body = "A new note", ClientMessageId = "new", WrittenAt = first.SentAt.AddSeconds(4_990) });
            await db.SaveChangesAsync(Cancel);
        }

        var queries = host.Services.GetRequiredService<TicketQueries>();
        var window = await queries.TimelineAsync(number, Mara, 200, Cancel);
        Assert.Equal((200, 4_801L, 5_000L), (window.Messages.Count, window.Messages[0].Sequence, window.Messages[^1].Sequence));
        Assert.Equal(["A new note"], window.Notes.Select(note => note.Body));
        Assert.Empty(window.Events);
        Assert.Equal((5_000, 2), (window.Counts.Messages, window.Counts.Notes));
        Assert.Equal(4_800 + 1 + window.Counts.Events, window.Earlier);

        var whole = await queries.TimelineAsync(number, Mara, cancellation: Cancel);
        Assert.Equal((5_000, 2, 0), (whole.Messages.Count, whole.Notes.Count, whole.Earlier));
        Assert.Equal(whole.Counts, window.Counts);
    }
}

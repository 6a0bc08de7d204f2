using System.Net;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Platform.Data;
using PremiumSupport.Sla;
using PremiumSupport.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace PremiumSupport.Tests.Api;

public sealed class SqliteNotificationApiTests(SupportHost host) : NotificationApiTests(host), IClassFixture<SupportHost>;

public sealed class PostgresNotificationApiTests(PostgresHost host) : NotificationApiTests(host.OrSkip()), IClassFixture<PostgresHost>;

/// <summary>A program reads and acknowledges what its staff member was told.</summary>
public abstract class NotificationApiTests(SupportHost host)
{
    [Fact]
    public async Task What_one_was_told_is_listed_and_acknowledged_by_oneself_only()
    {
        var (lead, admin) = (new ApiCaller(host.Api(SupportHost.LeadApiKey)), new ApiCaller(host.Api()));
        var number = await admin.OpenAsync(ApiCaller.Plain());
        var now = ObligationClock.Whole(TimeProvider.System.GetUtcNow());
        await host.Services.GetRequiredService<WriteQueue>().RunAsync(async db =>
        {
            await NotificationWriter.AddAsync(db, number, null, [new(Metric.FirstResponse, 1, "75%", now, now, now.AddMinutes(15)), new(Metric.Callback, 1, "breach", now, now, now)], now);
            return true;
        }, cancellation: TestContext.Current.CancellationToken);

        var listed = (await lead.GetAsync("/api/v1/notifications?limit=1"))["items"][0];
        Assert.Equal((number, "lead", "2"), (listed.GetProperty("ticket").GetInt64(), listed.GetProperty("audience").GetString(), (await lead.GetAsync("/api/v1/notifications"))["items"].GetArrayLength().ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Empty((await admin.GetAsync("/api/v1/notifications"))["items"].EnumerateArray());
        var id = listed.GetProperty("id").GetInt64();
        (await admin.PostAsync($"/api/v1/notifications/{id}/acknowledge", null)).IsProblem(404, "not-found");
        (await lead.PostAsync($"/api/v1/notifications/{id}/acknowledge", null)).Is(HttpStatusCode.NoContent);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await lead.GetAsync("/api/v1/notifications?limit=1"))["items"][0].GetProperty("acknowledgedAt").ValueKind);
        (await lead.GetAsync("/api/v1/notifications?cursor=x")).IsProblem(400, "invalid", "cursor");

        await using var db = await host.Services.GetRequiredService<IDbContextFactory<SupportDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await db.Set<Notification>().CountAsync(row => row.TicketNumber == number, TestContext.Current.CancellationToken));
    }
}

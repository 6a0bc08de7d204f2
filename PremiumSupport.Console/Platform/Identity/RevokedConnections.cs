using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Realtime;

namespace PremiumSupport.Platform.Identity;

/// <summary>
/// Ends the hub connections of those who may no longer be there: staff who were switched off, customers whose session ended, on whichever node that happened (trust
/// rule 7). A connection is authenticated once, when it opens, and may stay open for days.
/// </summary>
internal sealed partial class RevokedConnections : IHubFilter, IDisposable
{
    private readonly StaffDirectory _staff;
    private readonly CustomerSessions _sessions;
    private readonly ILogger<RevokedConnections> _log;
    private readonly IDisposable _subscription;
    private readonly ConcurrentDictionary<string, HubCallerContext> _connections = new();

    public RevokedConnections(StaffDirectory staff, CustomerSessions sessions, ChangeBus bus, ILogger<RevokedConnections> log)
    {
        _staff = staff;
        _sessions = sessions;
        _log = log;
        _subscription = bus.Subscribe(OnChange);
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;
        if (IsStaff(connection) || SessionOf(connection) is not null)
        {
            // Known first, then looked at: what ends in between is found by one of the two.
            _connections[connection.ConnectionId] = connection;
            await (IsStaff(connection) ? EndUnlessStaffAsync([connection]) : EndUnlessLivingAsync([connection]));
        }

        await next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        _connections.TryRemove(context.Context.ConnectionId, out _);
        return next(context, exception);
    }

    public void Dispose() => _subscription.Dispose();

    private static bool IsStaff(HubCallerContext connection) => connection.User?.HasClaim(claim => claim.Type == ClaimTypes.NameIdentifier) == true;

    private static Guid? SessionOf(HubCallerContext connection) => Guid.TryParse(connection.User?.FindFirstValue(Claims.SessionId), out var id) ? id : null;

    private void OnChange(Change change)
    {
        if (change.IsAbout(StaffDirectory.Topic))
        {
            _ = SafelyAsync(EndUnlessStaffAsync([.. _connections.Values.Where(IsStaff)]));
        }

        if (change.IsAbout(CustomerSessions.Topic))
        {
            bool Concerns(HubCallerContext connection) => SessionOf(connection) is { } id && (change.Id == CustomerSessions.Any || CustomerSessions.NewsOf(id) == change.Id);
            _ = SafelyAsync(EndUnlessLivingAsync([.. _connections.Values.Where(Concerns)]));
        }
    }

    private async Task SafelyAsync(Task ending)
    {
        try
        {
            await ending;
        }
        catch (Exception failure)
        {
            LogNotChecked(_log, failure);
        }
    }

    private async Task EndUnlessStaffAsync(IReadOnlyCollection<HubCallerContext> connections)
    {
        foreach (var connection in connections)
        {
            if (!await StaffCookie.IsCurrentAsync(connection.User, _staff))
            {
                connection.Abort();
            }
        }
    }

    private async Task EndUnlessLivingAsync(IReadOnlyCollection<HubCallerContext> connections)
    {
        if (connections.Count == 0)
        {
            return;
        }

        var living = await _sessions.LivingAsync([.. connections.Select(connection => SessionOf(connection)!.Value).Distinct()]);
        foreach (var connection in connections.Where(connection => !living.Contains(SessionOf(connection)!.Value)))
        {
            connection.Abort();
        }
    }

    [LoggerMessage(LogLevel.Error, "Hub connections could not be checked for whether their callers may still be there")]
    private static partial void LogNotChecked(ILogger logger, Exception failure);
}

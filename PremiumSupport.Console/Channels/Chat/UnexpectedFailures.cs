using Microsoft.AspNetCore.SignalR;

namespace PremiumSupport.Channels.Chat;

/// <summary>
/// Tells failures of ours from refusals. The framework writes an error with its stack for both, so that a caller who is refused a thousand times would fill the log; its
/// line is switched off, and what was not meant is written here.
/// </summary>
internal sealed partial class UnexpectedFailures(ILogger<UnexpectedFailures> log) : IHubFilter
{
    /// <summary>The framework's own category of those lines.</summary>
    public const string Category = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception failure) when (failure is not HubException and not OperationCanceledException)
        {
            LogFailed(log, invocationContext.HubMethodName, failure);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "The hub's method {Method} failed")]
    private static partial void LogFailed(ILogger logger, string method, Exception failure);
}

namespace PremiumSupport.Tests.Hosting;

/// <summary>The whole product on a PostgreSQL database of its own.</summary>
public class PostgresHost : SupportHost, IAsyncLifetime
{
    /// <summary>For class fixtures, which allow one public constructor without arguments.</summary>
    public PostgresHost()
        : this(new Dictionary<string, string?>())
    {
    }

    protected PostgresHost(IReadOnlyDictionary<string, string?> settings)
        : base(settings)
    {
    }

    /// <summary>Itself; the test that asks is skipped where there is no server.</summary>
    public SupportHost OrSkip()
    {
        PostgresServer.Require();
        return this;
    }

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.IsThere)
        {
            await MoveToAsync(PremiumSupport.Platform.Data.DatabaseProvider.PostgreSql);
        }
    }
}

/// <summary>The product on a standing clock and a PostgreSQL database of its own.</summary>
public sealed class PostgresQuietHost : QuietHost
{
    public PostgresQuietHost()
        : base(PremiumSupport.Platform.Data.DatabaseProvider.PostgreSql)
    {
    }

    /// <summary>Itself; the test that asks is skipped where there is no server.</summary>
    public QuietHost OrSkip()
    {
        PostgresServer.Require();
        return this;
    }

    public override ValueTask InitializeAsync() => PostgresServer.IsThere ? base.InitializeAsync() : ValueTask.CompletedTask;
}

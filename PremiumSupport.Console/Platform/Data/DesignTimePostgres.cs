using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PremiumSupport.Platform.Data;

/// <summary>Lets <c>dotnet ef</c> build the model without starting the product or a server.</summary>
internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresSupportDb>
{
    // As with SQLite: without the application's services Identity would leave out the passkeys' table.
    public PostgresSupportDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PostgresSupportDb>()
            .UseNpgsql("Host=design-time;Database=support")
            .UseApplicationServiceProvider(new ServiceCollection()
                .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
                .BuildServiceProvider())
            .Options);
}

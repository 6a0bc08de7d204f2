using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace PremiumSupport.Platform.Data;

/// <summary>Lets <c>dotnet ef</c> build the model without starting the product.</summary>
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteSupportDb>
{
    // Identity reads its schema version from the application's services; without them the model would silently lack the passkey table.
    public SqliteSupportDb CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<SqliteSupportDb>()
            .UseSqlite("Data Source=design-time.db")
            .UseApplicationServiceProvider(new ServiceCollection()
                .Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
                .BuildServiceProvider())
            .Options);
}

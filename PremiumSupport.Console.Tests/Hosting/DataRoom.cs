using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Tests.Hosting;

/// <summary>The database room alone, for looking into a database from outside.</summary>
internal static class DataRoom
{
    /// <summary>On the database that the settings lead to; the caller disposes of it.</summary>
    public static IHost On(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddSupportData();
        return builder.Build();
    }
}

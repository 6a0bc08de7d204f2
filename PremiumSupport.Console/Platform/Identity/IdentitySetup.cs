using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.Bearer;

namespace PremiumSupport.Platform.Identity;

/// <summary>Registers who may do what, and how callers prove who they are.</summary>
public static class IdentitySetup
{
    /// <summary>Adds staff accounts, cookie and bearer authentication and the policies of <see cref="Access"/>. Needs the database, the change bus and an <see cref="ICustomerDirectory"/>.</summary>
    public static IHostApplicationBuilder AddSupportIdentity(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        AddStaff(services);
        AddSchemes(services);
        AddKeyRing(builder);
        services.AddAuthorization(Access.Configure);
        services.AddCascadingAuthenticationState();
        services.AddSingleton<StaffDirectory>();
        services.AddSingleton<ApiKeyCommands>();
        services.AddSingleton<ApiKeyQueries>();
        services.AddSingleton<KeyUse>();
        services.AddSingleton<CustomerSessions>();

        // The line that announces a request shows its query, and the chat hub's may hold a session token (trust rule 18).
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        return builder;
    }

    private static void AddStaff(IServiceCollection services) => services
        .AddIdentityCore<StaffUser>(options =>
        {
            options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            options.User.RequireUniqueEmail = true;
            options.ClaimsIdentity.SecurityStampClaimType = Claims.SecurityStamp;

            // Length is what makes a password hard to guess; rules about characters make it hard to remember (NIST SP 800-63B, 5.1.1).
            options.Password.RequiredLength = 12;
            options.Password.RequiredUniqueChars = 4;
            options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        })
        .AddRoles<IdentityRole<Guid>>()
        .AddEntityFrameworkStores<SupportDb>()
        .AddClaimsPrincipalFactory<StaffPrincipalFactory>()
        .AddSignInManager()
        .AddDefaultTokenProviders();

    private static void AddSchemes(IServiceCollection services)
    {
        services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = IdentityConstants.ApplicationScheme;
                options.DefaultSignInScheme = IdentityConstants.ExternalScheme;
            })
            .AddScheme<BearerOptions, BearerHandler>(Schemes.Bearer, null)
            .AddScheme<BearerOptions, BearerHandler>(Schemes.ApiKey, options => options.TakesSessions = false)
            .AddScheme<BearerOptions, BearerHandler>(Schemes.Session, options => options.TakesApiKeys = false)
            .AddPolicyScheme(Schemes.Caller, null, options => options.ForwardDefaultSelector = context => BearerToken.Read(context.Request) is null ? Schemes.Cookie : Schemes.Bearer)
            .AddIdentityCookies();
        services.ConfigureApplicationCookie(StaffCookie.Configure);
    }

    private static void AddKeyRing(IHostApplicationBuilder builder)
    {
        var storage = Path.GetFullPath(builder.Configuration["Storage:Path"] ?? "App_Data", builder.Environment.ContentRootPath);
        builder.Services.AddDataProtection()
            .SetApplicationName("PremiumSupport")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(storage, "keys")));
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PremiumSupport.Platform.Audit;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity.Bearer;
using PremiumSupport.Platform.Identity.SignIn;
using PremiumSupport.Platform.Identity.Vendor;
using PremiumSupport.Platform.Web.Limits;

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
        services.AddSingleton<StaffPresence>();
        services.AddSingleton<PresenceQueries>();
        services.AddSingleton<AvailabilityCommands>();
        services.AddSingleton<AvailabilityQueries>();
        services.AddScoped<CircuitHandler, PresenceCircuit>();
        services.AddHostedService<PresenceHeartbeat>();
        services.AddScoped<StaffCommands>();
        services.AddSingleton<StaffQueries>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<ApiKeyCommands>();
        services.AddSingleton<ApiKeyQueries>();
        services.AddSingleton<KeyUse>();
        services.AddSingleton<CustomerSessions>();
        services.AddSingleton<WidgetSecrets>();
        services.AddSingleton<WidgetSecretStart>();
        services.AddSingleton<WidgetSecretCommands>();
        services.AddSingleton<WidgetSecretQueries>();
        services.AddHealthChecks().AddCheck<WidgetSecretHealth>("widget-secrets", tags: ["ready"]);
        services.AddSingleton<PublicUrl>();
        services.TryAddSingleton<IAllowedOrigins, ConfiguredOrigins>();
        services.AddScoped<AuthenticationStateProvider, StaffRevalidation>();
        services.AddSingleton<RevokedConnections>();
        services.Configure<HubOptions>(options => options.AddFilter<RevokedConnections>());
        AddSignIn(services);

        // The line that announces a request shows its query, and the chat hub's may hold a session token (trust rule 18).
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        // A wrong token is the caller's affair; the framework would write two lines about each.
        builder.Logging.AddFilter(typeof(BearerHandler).FullName, LogLevel.Warning);
        return builder;
    }

    /// <summary>Turns pages of foreign origins away from circuits and hubs. Goes before authentication, after forwarded headers.</summary>
    public static IApplicationBuilder UseOriginGuard(this IApplicationBuilder app) => app.UseMiddleware<OriginGuard>();

    /// <summary>Maps the pages below <c>/account</c>.</summary>
    public static IEndpointRouteBuilder MapSupportIdentity(this IEndpointRouteBuilder routes)
    {
        SignInEndpoints.Map(routes);
        PasskeyEndpoints.Map(routes);
        StaffLinkEndpoints.Map(routes);
        return routes;
    }

    /// <summary>
    /// Opens the key ring, which the first start makes: cookies and one-time tokens are signed with it. Then the secrets for the vendor's identity tokens, which it
    /// protects. Needs the database to be up to date.
    /// </summary>
    public static Task LoadKeysAsync(IServiceProvider services)
    {
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("start").Protect([]);
        return services.GetRequiredService<WidgetSecretStart>().RunAsync();
    }

    private static void AddStaff(IServiceCollection services) => services
        .AddIdentityCore<StaffUser>(options =>
        {
            options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            options.User.RequireUniqueEmail = true;
            options.ClaimsIdentity.SecurityStampClaimType = Claims.SecurityStamp;
            StaffPassword.Configure(options.Password);
            options.Lockout.MaxFailedAccessAttempts = 5;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        })
        .AddRoles<IdentityRole<Guid>>()
        .AddEntityFrameworkStores<SupportDb>()
        .AddClaimsPrincipalFactory<StaffPrincipalFactory>()
        .AddSignInManager()
        .AddDefaultTokenProviders();

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddScoped<PasswordSignIn>();
        services.TryAddSingleton<LimitOptions>();
        services.AddSingleton<SignInLimits>();
        services.AddScoped<FirstAdmin>();
        services.AddHostedService<FirstAdminAnnouncer>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicUrl>((options, publicUrl) =>
        {
            options.ServerDomain = publicUrl.Configured?.Host;
            options.UserVerificationRequirement = "required";

            // Kept by the device together with who it is for, so that nobody has to type an address first.
            options.ResidentKeyRequirement = "required";
        });
    }

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
        var ring = builder.Services.AddDataProtection().SetApplicationName("PremiumSupport");
        if (DatabaseOptions.Read(builder.Configuration).Provider == DatabaseProvider.PostgreSql)
        {
            // What one node has signed, the others must be able to read.
            ring.PersistKeysToDbContext<PostgresSupportDb>();
            return;
        }

        var storage = Path.GetFullPath(builder.Configuration["Storage:Path"] ?? "App_Data", builder.Environment.ContentRootPath);
        ring.PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(storage, "keys")));
    }
}

using PremiumSupport.Platform.Identity.SignIn;

namespace PremiumSupport.Demo;

/// <summary>Registers the demo workspace where it is on.</summary>
public static class DemoSetup
{
    /// <summary>Reads the options and, when the demo is on, adds what seeds it and keeps it alive.</summary>
    public static IHostApplicationBuilder AddDemo(this IHostApplicationBuilder builder)
    {
        var options = DemoOptions.Read(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(options);
        if (options.Enabled)
        {
            builder.Services.AddSingleton<ISignInHint, DemoSignInHint>();
            builder.Services.AddHostedService<DemoSeeder>();
            if (options.Traffic)
            {
                builder.Services.AddHostedService<DemoTraffic>();
            }
        }

        return builder;
    }
}

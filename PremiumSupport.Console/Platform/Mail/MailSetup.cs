namespace PremiumSupport.Platform.Mail;

/// <summary>Registers what every mail needs: where the servers are, and what signs.</summary>
public static class MailSetup
{
    /// <summary>Adds options, signer and the way to the SMTP server.</summary>
    /// <exception cref="InvalidOperationException">An option cannot be; the message names the key.</exception>
    public static IHostApplicationBuilder AddMail(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(EmailOptions.Read(builder.Configuration));
        builder.Services.AddSingleton<MailSecretCommands>();
        builder.Services.AddSingleton(services => services.GetRequiredService<MailSecretCommands>().Signer);
        return builder;
    }

    /// <summary>Reads the secret, which the first start makes. Runs alone among nodes.</summary>
    public static Task LoadMailAsync(IServiceProvider services) => services.GetRequiredService<MailSecretCommands>().LoadAsync();
}

using PremiumSupport.Api;
using PremiumSupport.Channels.Chat;
using PremiumSupport.Channels.Email.Inbound;
using PremiumSupport.Channels.Email.Out;
using PremiumSupport.Channels.Files;
using PremiumSupport.Channels.Help;
using PremiumSupport.Channels.Phone;
using PremiumSupport.Channels.Webhooks;
using PremiumSupport.CommandLine;
using PremiumSupport.Demo;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Ledger;
using PremiumSupport.Desk.Notifications;
using PremiumSupport.Desk.Outbox;
using PremiumSupport.Desk.Preferences;
using PremiumSupport.Desk.Reports;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Mail;
using PremiumSupport.Platform.Realtime;
using PremiumSupport.Platform.Time;
using PremiumSupport.Platform.Web;
using PremiumSupport.Screens.Shell;

if (VerifyLedger.IsAsked(args))
{
    return await VerifyLedger.RunAsync(args[1..], Console.Out, Console.Error);
}

if (KeepCopies.IsAsked(args))
{
    return await KeepCopies.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddSteadyClock();
builder.AddSupportWeb();
builder.AddSupportData();
builder.AddFileStore();
builder.AddRealtime();
builder.AddSupportIdentity();
builder.AddMail();
builder.AddFiles();
builder.AddOutbox();
builder.AddDesk();
builder.AddLedgerDesk();
builder.AddReports();
builder.AddKnowledge();
builder.AddNotifications();
builder.AddPreferences();
builder.AddChat();
builder.AddFileDoors();
builder.AddIntake();
builder.AddEmailIn();
builder.AddHelp();
builder.AddPhone();
builder.AddWebhooks();
builder.AddEmailOut();
builder.AddDemo();
builder.AddDemoPages();
builder.AddMonitoring();
builder.AddApi();
builder.AddScreens();

var app = builder.Build();
if (ListenCheck.Obstacle(app.Configuration[WebHostDefaults.ServerUrlsKey]) is { } taken)
{
    await Console.Error.WriteLineAsync(taken);
    return 1;
}

await using (await DataSetup.StartAloneAsync(app.Services))
{
    await DataSetup.MigrateAsync(app.Services, async () => await StartPage.ShowAsync(args));
    await IdentitySetup.LoadKeysAsync(app.Services);
    await MailSetup.LoadMailAsync(app.Services);
    await TicketsSetup.LoadDeskAsync(app.Services);
    MonitoringSetup.LoadJobs(app.Services);
}

app.UseSupportWeb();
app.UseOriginGuard();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets().AllowAnonymous();
app.MapSupportWeb();
app.MapSupportIdentity();
app.MapChat();
app.MapFileDoors();
app.MapEmailIn();
app.MapHelp();
app.MapPhone();
app.MapDemoPages();
app.MapMonitoring();
app.MapApi();
app.MapScreens();
await app.RunAsync();
return 0;

/// <summary>The entry point, public so that the tests can host it.</summary>
public partial class Program;

using PremiumSupport.Api;
using PremiumSupport.Channels.Chat;
using PremiumSupport.Demo;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Monitoring;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Platform.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddSupportWeb();
builder.AddSupportData();
builder.AddSupportIdentity();
builder.AddDesk();
builder.AddChat();
builder.AddDemo();
builder.AddMonitoring();
builder.AddApi();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();
await DataSetup.MigrateAsync(app.Services);
await TicketsSetup.LoadDeskAsync(app.Services);

app.UseSupportWeb();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets().AllowAnonymous();
app.MapSupportWeb();
app.MapChat();
app.MapMonitoring();
app.MapApi();
await app.RunAsync();

/// <summary>The entry point, public so that the tests can host it.</summary>
public partial class Program;

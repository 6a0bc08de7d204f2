using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Identity;

public sealed class SqliteSignInTests() : SignInTests(DatabaseProvider.Sqlite);

public sealed class PostgresSignInTests() : SignInTests(PostgresServer.OrSkip());

public abstract class SignInTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Email = "s@desk.example";

    private IdentityHost _host = default!;
    private AccountBrowser _browser = default!;
    private Guid _staffId;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(provider);
        _browser = new(_host.Client());
        _staffId = (await _host.AddStaffAsync(Roles.Specialist, Email)).Id;
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task The_right_password_opens_the_queue_and_nothing_beyond_the_role()
    {
        var (status, location, _) = await _browser.SignInAsync(Email, IdentityHost.Password);
        Assert.Equal((HttpStatusCode.Redirect, "/queue"), (status, location));
        Assert.Equal("Name of Specialist", (await _browser.GetAsync("/queue")).Html);
        Assert.Equal((HttpStatusCode.Forbidden, null), ((await _browser.GetAsync("/admin/test")).Status, (await _browser.GetAsync("/admin/test")).Location));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.GetAsync("/api/test/api")).Status);
    }

    [Fact]
    public async Task Wrong_unknown_and_locked_get_the_same_answer_and_no_cookie()
    {
        var wrong = await _browser.SignInAsync(Email, "not the password");
        var unknown = await _browser.SignInAsync("x@desk.example", "not the password");
        for (var i = 0; i < 4; i++)
        {
            await _browser.SignInAsync(Email, "not the password");
        }

        var locked = await _browser.SignInAsync(Email, IdentityHost.Password);
        Assert.Equal(HttpStatusCode.OK, wrong.Status);
        Assert.Contains("aria-describedby=\"input-password-problem\"", wrong.Html, StringComparison.Ordinal);
        Assert.Equal(Comparable(wrong.Html, Email), Comparable(unknown.Html, "x@desk.example"));
        Assert.Equal(Comparable(wrong.Html, Email), Comparable(locked.Html, Email));
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/queue")).Status);
    }

    [Fact]
    public async Task After_many_failures_from_one_address_nobody_there_tries_again_for_a_while()
    {
        // One password against many people: no lock of a person is in its way.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async index =>
        {
            using var guesser = new AccountBrowser(_host.Client());
            Assert.Equal(HttpStatusCode.OK, (await guesser.SignInAsync($"person{index}@desk.example", "Summer2026!")).Status);
        }));

        var (status, _, html) = await _browser.SignInAsync(Email, IdentityHost.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Matches("Too many sign-ins from here have failed. Try again in [0-9]+ seconds?\\.", html);
        Assert.Contains($"value=\"{Email}\"", html, StringComparison.Ordinal);

        _host.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.SignInAsync(Email, IdentityHost.Password)).Status);
    }

    [Fact]
    public async Task Empty_fields_are_named_and_what_was_typed_stays()
    {
        var (_, _, html) = await _browser.SignInAsync("", "");
        Assert.Contains("Enter your email address.", html, StringComparison.Ordinal);
        Assert.Contains("Enter your password.", html, StringComparison.Ordinal);
        Assert.Contains("value=\"a&quot;b@x\"", (await _browser.SignInAsync("a\"b@x", "")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_signs_nobody_in()
    {
        var (status, location, _) = await _browser.PostAsync("/account/login", ("Input.Email", Email), ("Input.Password", IdentityHost.Password));
        Assert.Equal((HttpStatusCode.OK, null), (status, location));
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/queue")).Status);
    }

    [Fact]
    public async Task After_signing_in_one_stays_on_this_server()
    {
        foreach (var (returnUrl, target) in new (string?, string)[]
        {
            ("/tickets/1042?tab=2#x", "/tickets/1042?tab=2#x"),
            ("/", "/"),
            (null, "/queue"),
            ("", "/queue"),
            ("https://evil.example/", "/queue"),
            ("//evil.example", "/queue"),
            ("/\\evil.example", "/queue"),
            ("\\\\evil.example", "/queue"),
            ("/\t/evil.example", "/queue"),
            ("/a\r\nSet-Cookie:x=1", "/queue"),
            ("~/queue", "/queue"),
            ("javascript:alert(1)", "/queue"),
            ("evil.example", "/queue"),
            ("/account/login?returnUrl=/account/login", "/queue"),
        })
        {
            var path = returnUrl is null ? "/account/login" : $"/account/login?returnUrl={Uri.EscapeDataString(returnUrl)}";
            using var browser = new AccountBrowser(_host.Client());
            var page = (await browser.GetAsync(path)).Html;
            var posted = await browser.PostAsync(
                "/account/login",
                ("__RequestVerificationToken", AccountBrowser.Token(page)), ("returnUrl", returnUrl ?? ""), ("Input.Email", Email), ("Input.Password", IdentityHost.Password));
            Assert.Equal((returnUrl, target), (returnUrl, posted.Location));

            // Again as somebody who is signed in already.
            Assert.Equal((returnUrl, target), (returnUrl, (await browser.GetAsync(path)).Location));
        }
    }

    [Fact]
    public async Task Signing_out_needs_our_own_form()
    {
        await _browser.SignInAsync(Email, IdentityHost.Password);
        Assert.Equal(HttpStatusCode.BadRequest, (await _browser.PostAsync("/account/logout")).Status);
        var page = (await _browser.GetAsync("/account/passkeys")).Html;
        Assert.Equal("/account/login", (await _browser.PostAsync("/account/logout", ("__RequestVerificationToken", AccountBrowser.Token(page)))).Location);
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/queue")).Status);
    }

    [Fact]
    public async Task Disabling_ends_the_cookie_on_the_next_request()
    {
        await _host.AddStaffAsync(Roles.Admin, "a@desk.example");
        await _browser.SignInAsync(Email, IdentityHost.Password);
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/queue")).Status);
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            Assert.True((await scope.ServiceProvider.GetRequiredService<StaffCommands>().DisableAsync(_staffId, StaffFakes.Admin, TestContext.Current.CancellationToken)).IsDone);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/queue")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _browser.SignInAsync(Email, IdentityHost.Password)).Status);
    }

    private static string Comparable(string html, string email)
    {
        var token = AccountBrowser.Token(html);
        Assert.NotEmpty(token);
        return html.Replace(token, "", StringComparison.Ordinal).Replace(email, "", StringComparison.Ordinal);
    }
}

using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Desk.Knowledge;
using PremiumSupport.Desk.Knowledge.Images;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Tests.Hosting;
using SkiaSharp;

namespace PremiumSupport.Tests.Desk.Knowledge;

public sealed class SqliteArticleImageTests(QuietHost host) : ArticleImageTests(host), IClassFixture<QuietHost>;

public sealed class PostgresArticleImageTests(PostgresQuietHost host) : ArticleImageTests(host.OrSkip()), IClassFixture<PostgresQuietHost>;

/// <summary>Images of articles are drawn anew, served to everybody, and go when nothing shows them.</summary>
public abstract class ArticleImageTests(QuietHost host)
{
    private static readonly StaffCaller Lead = new(Guid.NewGuid(), "Lena Vogt", "lead@demo.example", IsLead: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ArticleImageCommands Images => host.Get<ArticleImageCommands>();

    [Fact]
    public async Task An_image_is_drawn_anew_and_served_with_its_measures_in_its_name()
    {
        var address = (await SendAsync(Png(40, 20))).Address;
        Assert.EndsWith("-40x20", address, StringComparison.Ordinal);
        Assert.Contains($"<img src=\"{address}\" alt=\"a\" width=\"40\" height=\"20\" loading=\"lazy\">", ArticleHtml.Render($"![a]({address})"), StringComparison.Ordinal);

        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = host.Host.Address };
        using var answer = await client.GetAsync(address, Cancel);
        Assert.Equal("image/webp", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        using var drawn = SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((40, 20), (drawn.Width, drawn.Height));
        Assert.Equal(404, (int)(await client.GetAsync($"{ArticleHtml.ImagePath}/{new string('0', 32)}-1x1", Cancel)).StatusCode);
        Assert.Equal(404, (int)(await client.GetAsync($"{ArticleHtml.ImagePath}/..%2F..%2Fsupport.db", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("GIF89a and nothing behind it")]
    [InlineData("%PDF-1.7")]
    [InlineData("")]
    public async Task What_is_no_image_is_not_taken_and_leaves_nothing(string content)
    {
        var image = await SendAsync(System.Text.Encoding.UTF8.GetBytes(content));
        Assert.NotNull(image.Problem);
        Assert.Empty(image.Address);
    }

    [Fact]
    public async Task A_specialist_sends_none() =>
        Assert.Equal("forbidden", (await Images.ReceiveAsync(new MemoryStream(Png(2, 2)), null, Lead with { IsLead = false }, Cancel)).Problem!.Code);

    [Fact]
    public async Task What_no_version_and_no_draft_shows_goes_after_a_day()
    {
        var (shown, drafted, left) = ((await SendAsync(Png(3, 3))).Address, (await SendAsync(Png(4, 4))).Address, (await SendAsync(Png(5, 5))).Address);
        var commands = host.Get<ArticleCommands>();
        var id = (await commands.CreateAsync("With images", null, Lead, Cancel)).Value;
        await commands.SaveDraftAsync(id, "en", "With images", $"![a]({shown})", null, Lead, Cancel);
        await commands.PublishAsync(id, "en", 2, TextOrigin.Written, isUpToDate: true, Lead, Cancel);
        await commands.SaveDraftAsync(id, "en", "With images", $"![a]({drafted})", null, Lead, Cancel);

        // Files carry the machine's time, which the product's clock of this test has not reached.
        host.Clock.SetUtcNow(File.GetLastWriteTimeUtc(Images.Find(Name(left))!));
        Assert.Equal(0, await Images.ForgetAsync(Cancel));
        host.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        Assert.True(await Images.ForgetAsync(Cancel) >= 1);
        Assert.Equal([true, true, false], new[] { shown, drafted, left }.Select(address => Images.Find(Name(address)) is not null));
    }

    private static string Name(string address) => address.Split('/')[^1];

    private Task<ArticleImage> SendAsync(byte[] bytes) => Images.ReceiveAsync(new MemoryStream(bytes), bytes.Length, Lead, Cancel);

    private static byte[] Png(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Teal);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }
}

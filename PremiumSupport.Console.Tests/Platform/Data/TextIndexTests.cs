using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using PremiumSupport.Platform.Data;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Platform.Data;

public sealed class SqliteTextIndexTests() : TextIndexTests(DatabaseProvider.Sqlite);

public sealed class PostgresTextIndexTests() : TextIndexTests(PostgresServer.OrSkip());

/// <summary>Both databases find the same texts for the same words.</summary>
public abstract class TextIndexTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Filler = "Filler words go on and on.";

    private readonly Database _database = new(provider);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.Writes.StartAsync(Cancel);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Words_are_found_by_their_beginnings_whatever_their_case_and_accents()
    {
        await PutAsync(1, "Quokkas at the Übergang", "A short text in 2026.");
        await PutAsync(2, "Animals", "One quokka crosses.");
        await PutAsync(3, "Others", "E\u0301te\u0301 comme été, no animal.");

        Assert.Equal([1, 2], await FoundAsync("QUOKK"));
        Assert.Equal([1], await FoundAsync("ubergang"));
        Assert.Equal([1], await FoundAsync("ÜBERGÄNG"));
        Assert.Equal([3], await FoundAsync("ete"));
        Assert.Equal([3], await FoundAsync("ÉTÉ"));
        Assert.Equal([1], await FoundAsync("2026"));
        Assert.Empty(await FoundAsync("uokka"));

        // Words of two letters are looked for as they are.
        Assert.Equal([3], await FoundAsync("no"));
        Assert.Empty(await FoundAsync("an"));
    }

    [Fact]
    public async Task A_rare_word_weighs_more_than_common_ones_and_a_title_more_than_a_body()
    {
        for (var id = 1; id <= 20; id++)
        {
            await PutAsync(id, $"Sign in {id}", "How to sign in and work.");
        }

        await PutAsync(21, "Certificates", "They expire.");
        await PutAsync(22, "Sign in with care", "One certificate is mentioned.");

        Assert.Equal(21, (await FoundAsync("certificate"))[0]);
        Assert.Equal([21, 22], (await FoundAsync("sign in certificate")).Take(2).Order());
    }

    [Fact]
    public async Task An_excerpt_is_some_words_around_what_was_asked_for()
    {
        await PutAsync(1, "Animals", $"{string.Join(' ', Enumerable.Repeat(Filler, 30))} One quokka crosses. {string.Join(' ', Enumerable.Repeat(Filler, 30))}");
        var excerpt = (await FindAsync("quokka"))[0].Excerpt;

        Assert.Contains("quokka crosses", excerpt, StringComparison.Ordinal);
        Assert.True(excerpt.StartsWith('…') && excerpt.EndsWith('…'), excerpt);
        Assert.InRange(excerpt.Split(' ').Length, 8, 30);
    }

    [Fact]
    public async Task What_is_put_again_is_found_by_what_it_says_now()
    {
        await PutAsync(1, "Quokkas", "Once.");
        await PutAsync(1, "Wombats", "Now.");

        Assert.Empty(await FoundAsync("quokkas"));
        Assert.Equal([1], await FoundAsync("wombats"));
    }

    [Fact]
    public async Task Any_text_can_be_put_and_asked_for() => await Gen.Select(Gen.String, Gen.String).SampleAsync(
        async (title, body) =>
        {
            await PutAsync(7, title, $"{body} wombat '\\:&|!<->");
            Assert.Equal([7], await FoundAsync("wombat"));
            await FoundAsync(body);
        },
        iter: 60, threads: 1);

    [Fact]
    public async Task A_book_can_be_put()
    {
        var random = new Random(7);
        await PutAsync(1, "A book", string.Join(' ', Enumerable.Range(0, 60_000).Select(_ => $"word{random.Next(3_000)}")) + " wombat");
        Assert.Equal([1], await FoundAsync("wombat"));
    }

    private Task<bool> PutAsync(long id, string title, string body) => _database.Writes.RunAsync(
        async db =>
        {
            await Index.PutAsync(db, id, title, body);
            return true;
        },
        cancellation: Cancel);

    private ITextIndex Index => _database.Services.GetRequiredService<ITextIndex>();

    private async Task<IReadOnlyList<TextHit>> FindAsync(string words)
    {
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        var asked = TextWords.Of(words).Distinct().ToList();
        return asked.Count == 0 ? [] : await Index.FindAsync(db, asked, 5, Cancel);
    }

    private async Task<List<long>> FoundAsync(string words) => [.. (await FindAsync(words)).Select(hit => hit.Id)];
}

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

        Assert.Equal([1, 2], await BeginningAsync("QUOKK"));
        Assert.Equal([1], await BeginningAsync("ubergang"));
        Assert.Equal([1], await BeginningAsync("ÜBERGÄNG"));
        Assert.Equal([3], await BeginningAsync("ete"));
        Assert.Equal([3], await BeginningAsync("ÉTÉ"));
        Assert.Equal([1], await BeginningAsync("2026"));
        Assert.Empty(await BeginningAsync("uokka"));
    }

    [Theory]
    [InlineData("certificates", "certificate")]
    [InlineData("replacing", "replaced")]
    [InlineData("merge", "merging")]
    [InlineData("permissions", "permission")]
    [InlineData("emails", "email")]
    public async Task An_English_word_is_found_in_its_other_forms(string asked, string written)
    {
        await PutAsync(1, "A title", $"Something about {written} here.");
        await PutAsync(2, "Another", "Nothing of the kind.");
        Assert.Equal([1], await WholeAsync(asked));
    }

    [Fact]
    public async Task A_title_is_told_from_a_body_and_once_from_often()
    {
        await PutAsync(1, "Wombats", $"Quokkas. {Filler}");
        await PutAsync(2, "Animals", $"A wombat, a wombat and a wombat. {Filler}");
        await PutAsync(3, "Animals", $"A wombat. {Filler}");

        var hits = (await FindAsync(TextLanguage.All[0], new TextForm("wombat", IsBeginning: false))).ToDictionary(hit => hit.Id);
        Assert.Equal([true, false, false], new long[] { 1, 2, 3 }.Select(id => hits[id].InTitle));
        Assert.Equal(0, hits[1].Body);
        Assert.InRange(hits[3].Body, 0.5, 1.6);
        Assert.InRange(hits[2].Body, hits[3].Body * 1.1, 2.2);
    }

    [Fact]
    public async Task Each_language_has_its_own_texts()
    {
        await PutAsync(1, "Kontakte", "Importieren.", "de");
        await PutAsync(2, "Contacts", "Import.");
        Assert.Equal([1], await IdsAsync(TextLanguage.Of("de"), new TextForm("kontakt", IsBeginning: true)));
        Assert.Empty(await BeginningAsync("kontakt"));
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        Assert.Equal(1, await Index.CountAsync(db, TextLanguage.Of("de"), Cancel));
        Assert.Equal(1, await Index.CountAsync(db, TextLanguage.All[0], Cancel));
        Assert.Equal(0, await Index.CountAsync(db, TextLanguage.Of("nb"), Cancel));
    }

    [Fact]
    public async Task An_excerpt_is_some_words_around_what_was_asked_for()
    {
        await PutAsync(1, "Animals", $"{string.Join(' ', Enumerable.Repeat(Filler, 30))} One quokka crosses. {string.Join(' ', Enumerable.Repeat(Filler, 30))}");
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        var excerpt = (await Index.ExcerptsAsync(db, TextLanguage.All[0], [new("quokka", IsBeginning: true)], [1], Cancel))[1];

        Assert.Contains("quokka crosses", excerpt, StringComparison.Ordinal);
        Assert.True(excerpt.StartsWith('…') && excerpt.EndsWith('…'), excerpt);
        Assert.InRange(excerpt.Split(' ').Length, 8, 30);
    }

    [Fact]
    public async Task What_is_put_again_is_found_by_what_it_says_now_and_what_is_removed_by_nothing()
    {
        await PutAsync(1, "Quokkas", "Once.");
        await PutAsync(1, "Wombats", "Now.");
        Assert.Empty(await BeginningAsync("quokkas"));
        Assert.Equal([1], await BeginningAsync("wombats"));

        await _database.Writes.RunAsync(
            async db =>
            {
                await Index.RemoveAsync(db, TextLanguage.All[0], 1);
                return true;
            },
            cancellation: Cancel);
        Assert.Empty(await BeginningAsync("wombats"));
    }

    [Fact]
    public async Task Any_text_can_be_put_and_asked_for() => await Gen.Select(Gen.String, Gen.String).SampleAsync(
        async (title, body) =>
        {
            await PutAsync(7, title, $"{body} wombat '\\:&|!<->");
            Assert.Equal([7], await BeginningAsync("wombat"));
            await BeginningAsync(body);
            await WholeAsync(body);
        },
        iter: 60, threads: 1);

    [Fact]
    public async Task A_book_can_be_put()
    {
        var random = new Random(7);
        await PutAsync(1, "A book", string.Join(' ', Enumerable.Range(0, 60_000).Select(_ => $"word{random.Next(3_000)}")) + " wombat");
        Assert.Equal([1], await BeginningAsync("wombat"));
    }

    [Theory]
    [InlineData("certifcate", "certificate", 1)]
    [InlineData("cretificate", "certificate", 1)]
    [InlineData("sertifikate", "certificate", 2)]
    [InlineData("contcts", "contacts", 1)]
    public async Task A_word_with_a_typo_is_told_by_its_letters(string typed, string meant, int slips)
    {
        await KnowAsync("The certificate and its contacts, quokkas aside.");
        Assert.Equal([new(meant, slips)], await NearAsync(typed));
    }

    [Fact]
    public async Task A_word_that_is_still_being_typed_may_be_the_beginning_of_one()
    {
        await KnowAsync("The certificate.");
        Assert.Empty(await NearAsync("certifk"));
        Assert.Equal([new("certificate", 1)], await NearAsync("certifk", isBeginning: true));
    }

    [Theory]
    [InlineData("sso")]
    [InlineData("429429")]
    [InlineData("quagga")]
    [InlineData("")]
    public async Task What_is_too_short_a_number_or_another_word_is_no_typo(string typed)
    {
        await KnowAsync("The ssl certificate of 429428 quokkas.");
        Assert.Empty(await NearAsync(typed));
    }

    private Task<bool> PutAsync(long id, string title, string body, string language = TextLanguage.English) => _database.Writes.RunAsync(
        async db =>
        {
            await Index.PutAsync(db, TextLanguage.Of(language), id, title, body);
            return true;
        },
        cancellation: Cancel);

    private Task<bool> KnowAsync(string text) => _database.Writes.RunAsync(
        async db =>
        {
            await WordIndex.PutAsync(db, TextLanguage.All[0], text);
            await WordIndex.PutAsync(db, TextLanguage.All[0], text);
            return true;
        },
        cancellation: Cancel);

    private async Task<IReadOnlyList<NearWord>> NearAsync(string word, bool isBeginning = false)
    {
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        return await WordIndex.NearAsync(db, TextLanguage.All[0], word, isBeginning, Cancel);
    }

    private ITextIndex Index => _database.Services.GetRequiredService<ITextIndex>();

    private async Task<IReadOnlyList<TextHit>> FindAsync(TextLanguage language, params TextForm[] forms)
    {
        await using var db = await _database.Factory.CreateDbContextAsync(Cancel);
        return await Index.FindAsync(db, language, forms, Cancel);
    }

    private async Task<IReadOnlyList<long>> IdsAsync(TextLanguage language, params TextForm[] forms) => [.. (await FindAsync(language, forms)).Select(hit => hit.Id).Distinct().Order()];

    private Task<IReadOnlyList<long>> BeginningAsync(string words) => IdsAsync(TextLanguage.All[0], [.. TextWords.Of(words).Distinct().Take(16).Select(word => new TextForm(word, IsBeginning: true))]);

    private Task<IReadOnlyList<long>> WholeAsync(string words) => IdsAsync(TextLanguage.All[0], [.. TextWords.Of(words).Distinct().Take(16).Select(word => new TextForm(word, IsBeginning: false))]);
}

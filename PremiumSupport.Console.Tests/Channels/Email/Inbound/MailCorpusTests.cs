using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Channels.Email.Inbound.Rules;
using PremiumSupport.Tests.Hosting;

namespace PremiumSupport.Tests.Channels.Email.Inbound;

/// <summary>Every message of a foreign collection of broken ones, and mutations of them: none stops the parser, and each ends in a fate with a reason (trust rule 12).</summary>
public sealed class MailCorpusTests(ITestOutputHelper output)
{
    /// <summary>How many mutations; the long form is <c>eng/mail-mutations.sh</c>, which also measures.</summary>
    private static int Mutations => int.Parse(Environment.GetEnvironmentVariable("PREMIUMSUPPORT_MAIL_MUTATIONS") ?? "500", System.Globalization.CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Corpus
    {
        get
        {
            var files = SharedData.FilesOf("mail");
            Assert.SkipWhen(files.Count == 0, "The collection of broken mails is not beside the repository.");
            return files;
        }
    }

    [Fact]
    public void Every_message_is_read_or_says_why_not()
    {
        foreach (var file in Corpus)
        {
            Read(File.ReadAllBytes(file), Path.GetFileName(file));
        }
    }

    [Fact]
    public void So_is_every_mutation_of_them()
    {
        var (seeds, random, slowest) = (Corpus.Select(File.ReadAllBytes).ToList(), new Random(20261127), TimeSpan.Zero);
        for (var round = 0; round < Mutations; round++)
        {
            var mutated = MailMutation.Of(seeds, random);
            var began = TimeProvider.System.GetTimestamp();
            Read(mutated, $"mutation {round}");
            var took = TimeProvider.System.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
        }

        output.WriteLine($"{Mutations} mutations, the slowest in {slowest.TotalMilliseconds:N0} ms");
        // Said by the script alone: a test that measures on a machine full of other tests would fail for nothing.
        if (Environment.GetEnvironmentVariable("PREMIUMSUPPORT_MAIL_PATIENCE") is { } seconds)
        {
            Assert.True(slowest <= TimeSpan.FromSeconds(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)), $"One took {slowest.TotalSeconds:0.0} s.");
        }
    }

    private static void Read(byte[] raw, string name)
    {
        ParsedMail mail;
        try
        {
            mail = MailParser.Parse(raw);
        }
        catch (FormatException)
        {
            // The one way to say that there is no mail in it; quarantined as that.
            return;
        }

        Assert.NotEmpty(MailRules.Decide(new() { Mail = mail }).Reason);
        Assert.All(mail.Files, file => Assert.Matches(@"^[^/\\\p{Cc}\u202A-\u202E\u2066-\u2069]+$", file.Name));
        Assert.DoesNotMatch(@"[\p{Cc}\u202A-\u202E\u2066-\u2069]", mail.Subject);
        Assert.False(mail.Words.Said.Length == 0 && mail.Html is null && mail.Files.Count == 0 && mail.Remarks.Count == 0 && Body(raw).Length > 200, $"{name} has a body of which nothing is shown, and nothing says so.");
    }

    private static string Body(byte[] raw) => System.Text.Encoding.Latin1.GetString(raw.AsSpan(MailGauge.HeaderLength(raw))).Trim();
}

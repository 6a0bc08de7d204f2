namespace PremiumSupport.Platform.Data.Migrations.Sqlite;

/// <summary>The tables of FTS5, which EF does not know: one for each language, English stemmed. Prefixes of three and four letters are indexed.</summary>
internal static class ArticleIndex
{
    private static readonly string[] Languages = ["en", "es", "it", "fr", "de", "nb"];

    public static string Create => "DROP TABLE \"ArticleSearch\";" + string.Concat(Languages.Select(language =>
        $"""CREATE VIRTUAL TABLE "ArticleSearch_{language}" USING fts5("Title", "Body", tokenize = '{(language == "en" ? "porter " : "")}unicode61 remove_diacritics 2', prefix = '3 4');"""));

    public static string Drop => string.Concat(Languages.Select(language => $"""DROP TABLE "ArticleSearch_{language}";"""))
        + """CREATE VIRTUAL TABLE "ArticleSearch" USING fts5("Title", "Body", tokenize = 'unicode61 remove_diacritics 2', prefix = '3 4');""";
}

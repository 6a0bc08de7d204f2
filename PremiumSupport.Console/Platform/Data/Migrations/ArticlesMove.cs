namespace PremiumSupport.Platform.Data.Migrations;

/// <summary>
/// What articles from before they had versions become: each the first version of its English text, in a category of its own name. Both databases understand it. The index is
/// made anew at the start that follows.
/// </summary>
internal static class ArticlesMove
{
    /// <summary>While the old columns are there still and the new ones already.</summary>
    public const string Sql = """
        INSERT INTO "ArticleCategories" ("Name", "Position", "Names")
            SELECT c."Name", CAST(row_number() OVER (ORDER BY c."Name") - 1 AS integer), '[]' FROM (SELECT DISTINCT substr("Category", 1, 60) AS "Name" FROM "Articles") c;
        UPDATE "Articles" SET "CategoryId" = (SELECT c."Id" FROM "ArticleCategories" c WHERE c."Name" = substr("Articles"."Category", 1, 60));
        INSERT INTO "ArticleVersions" ("ArticleId", "Language", "Number", "Title", "Body", "Origin", "MadeFrom", "AuthorName", "PublishedAt")
            SELECT "Id", 'en', 1, "Title", "Body", 'Written', 0, 'PremiumSupport', "UpdatedAt" FROM "Articles";
        INSERT INTO "ArticleTexts" ("ArticleId", "Language", "Version", "Title", "Body", "Origin", "MadeFrom", "UpdatedAt")
            SELECT "Id", 'en', 1, "Title", "Body", 'Written', 0, "UpdatedAt" FROM "Articles";
        UPDATE "ArticleFeedback" SET "Reader" = 'before-' || "Id", "Language" = 'en';
        """;
}

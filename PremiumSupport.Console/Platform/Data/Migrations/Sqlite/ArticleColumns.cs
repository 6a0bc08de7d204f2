namespace PremiumSupport.Platform.Data.Migrations.Sqlite;

/// <summary>
/// Columns of the articles' table, changed in place. EF would build the table anew, which SQLite does outside the transaction, so that a start that was cut off there would
/// leave half of it. A column that refers to another table cannot be added as one that is never empty; the product never leaves it empty.
/// </summary>
internal static class ArticleColumns
{
    public const string Add = """ALTER TABLE "Articles" ADD COLUMN "CategoryId" INTEGER NULL REFERENCES "ArticleCategories" ("Id") ON DELETE RESTRICT;""";

    public const string Drop = """
        ALTER TABLE "Articles" DROP COLUMN "Title";
        ALTER TABLE "Articles" DROP COLUMN "Category";
        ALTER TABLE "Articles" DROP COLUMN "Body";
        """;
}

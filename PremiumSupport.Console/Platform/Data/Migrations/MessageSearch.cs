namespace PremiumSupport.Platform.Data.Migrations;

/// <summary>What EF does not know of the search among messages and notes: the index of each and what keeps it. A table with triggers must not be rebuilt without them.</summary>
internal static class MessageSearch
{
    private const string Accented = "ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖòóôõöÙÚÛÜùúûüÝýÿ";
    private const string Plain = "aaaaaaaaaaaacceeeeeeeeiiiiiiiinnoooooooooouuuuuuuuyyy";

    private static readonly string[] Tables = ["PublicMessages", "InternalNotes"];

    public static string CreateOnSqlite => string.Concat(Tables.Select(table => $"""
        CREATE VIRTUAL TABLE "{table}Search" USING fts5("Body", content = '{table}', content_rowid = 'Id', tokenize = 'unicode61 remove_diacritics 2');
        CREATE TRIGGER "{table}_Search_Insert" AFTER INSERT ON "{table}" BEGIN INSERT INTO "{table}Search" (rowid, "Body") VALUES (new."Id", new."Body"); END;
        CREATE TRIGGER "{table}_Search_Delete" AFTER DELETE ON "{table}" BEGIN INSERT INTO "{table}Search" ("{table}Search", rowid, "Body") VALUES ('delete', old."Id", old."Body"); END;
        CREATE TRIGGER "{table}_Search_Update" AFTER UPDATE OF "Body" ON "{table}" BEGIN
            INSERT INTO "{table}Search" ("{table}Search", rowid, "Body") VALUES ('delete', old."Id", old."Body");
            INSERT INTO "{table}Search" (rowid, "Body") VALUES (new."Id", new."Body");
        END;
        INSERT INTO "{table}Search" ("{table}Search") VALUES ('rebuild');

        """));

    public static string DropOnSqlite => string.Concat(Tables.Select(table => $"""
        DROP TRIGGER "{table}_Search_Insert"; DROP TRIGGER "{table}_Search_Delete"; DROP TRIGGER "{table}_Search_Update"; DROP TABLE "{table}Search";

        """));

    // Punctuation becomes blanks first, so that an address or a hyphened word is found by its parts as it is on SQLite.
    public static string CreateOnPostgres => string.Concat(Tables.Select(table => $"""
        ALTER TABLE "{table}" ADD COLUMN "Search" tsvector GENERATED ALWAYS AS
            (to_tsvector('simple'::regconfig, translate(lower(regexp_replace("Body", '[!-/:-@\[-`{"{"}-~[:space:]]+', ' ', 'g')), '{Accented}', '{Plain}'))) STORED;
        CREATE INDEX "IX_{table}_Search" ON "{table}" USING gin ("Search");

        """));

    public static string DropOnPostgres => string.Concat(Tables.Select(table => $"""ALTER TABLE "{table}" DROP COLUMN "Search";"""));
}

namespace PremiumSupport.Platform.Data.Migrations.Sqlite;

/// <summary>The audit log is append-only by the word of the database, not of the product alone.</summary>
internal static class AuditTriggers
{
    public const string Create = """
        CREATE TRIGGER "TR_Audit_Update" BEFORE UPDATE ON "Audit" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
        CREATE TRIGGER "TR_Audit_Delete" BEFORE DELETE ON "Audit" BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
        """;

    public const string Drop = """
        DROP TRIGGER "TR_Audit_Update";
        DROP TRIGGER "TR_Audit_Delete";
        """;
}

namespace PremiumSupport.Platform.Data.Migrations.Postgres;

/// <summary>The audit log is append-only by the word of the database, not of the product alone.</summary>
internal static class AuditTriggers
{
    public const string Create = """
        CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$;
        CREATE TRIGGER "TR_Audit_Change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Audit" FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
        """;

    public const string Drop = """
        DROP TRIGGER "TR_Audit_Change" ON "Audit";
        DROP FUNCTION audit_append_only();
        """;
}

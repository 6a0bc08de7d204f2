namespace PremiumSupport.Platform.Data.Migrations.Sqlite;

/// <summary>
/// What rows from before the guarantee are given: clocks that never stood, the severity that their ticket has, and the ends of their chains.
/// The ledger's own rows are never rewritten; those of then lack the inputs that a verifier recomputes from, and it says so.
/// </summary>
internal static class GuaranteeBackfill
{
    public const string Sql = """
        UPDATE "Obligations" SET "AnchorAt" = "StartedAt", "BaseDueAt" = "DueAt", "GrossDueAt" = "DueAt", "Stops" = '[]',
            "Severity" = (SELECT t."Severity" FROM "Tickets" t WHERE t."Number" = "Obligations"."TicketNumber");
        UPDATE "Tickets" SET "Hubs" = '[]', "Plan" = 'premium',
            "PolicyVersion" = coalesce((SELECT max(o."PolicyVersion") FROM "Obligations" o WHERE o."TicketNumber" = "Tickets"."Number"), 1);
        INSERT INTO "LedgerHeads" ("AccountId", "Sequence", "Hash")
            SELECT l."AccountId", l."Sequence", l."Hash" FROM "Ledger" l
            WHERE l."Sequence" = (SELECT max(m."Sequence") FROM "Ledger" m WHERE m."AccountId" = l."AccountId");
        """;
}

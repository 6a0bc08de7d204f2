namespace PremiumSupport.Platform.Data.Migrations;

/// <summary>Since when somebody has a ticket that they had before this was kept: its last change, which is never before it, so nothing is taken back too soon. The same on both databases.</summary>
internal static class HeldSinceBackfill
{
    public const string Sql = """UPDATE "Tickets" SET "HeldSince" = "UpdatedAt" WHERE "AssigneeId" IS NOT NULL AND "Status" IN ('New', 'Open', 'Waiting');""";
}

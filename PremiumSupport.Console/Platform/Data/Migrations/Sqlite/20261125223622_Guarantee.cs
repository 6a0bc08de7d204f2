using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Guarantee : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Hubs",
                table: "Tickets",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "MergedInto",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Plan",
                table: "Tickets",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PolicyVersion",
                table: "Tickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "PromisesNext",
                table: "Tickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "BouncedAt",
                table: "PublicMessages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Plan",
                table: "PremiumPurchases",
                type: "TEXT",
                maxLength: 60,
                nullable: false,
                defaultValue: "premium");

            migrationBuilder.AddColumn<long>(
                name: "AppliedAt",
                table: "PolicyVersions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AppliesTo",
                table: "PolicyVersions",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "New");

            migrationBuilder.AddColumn<Guid>(
                name: "AuthorId",
                table: "PolicyVersions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AuthorName",
                table: "PolicyVersions",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Note",
                table: "PolicyVersions",
                type: "TEXT",
                maxLength: 500,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Tzdb",
                table: "PolicyVersions",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "AnchorAt",
                table: "Obligations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "BaseDueAt",
                table: "Obligations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "GrossDueAt",
                table: "Obligations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "MergedAt",
                table: "Obligations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PausedAt",
                table: "Obligations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Severity",
                table: "Obligations",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Stops",
                table: "Obligations",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "Flags",
                columns: table => new
                {
                    TicketNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    Metric = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Cycle = table.Column<int>(type: "INTEGER", nullable: false),
                    Step = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    DetectedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Flags", x => new { x.TicketNumber, x.Metric, x.Cycle, x.Step });
                });

            migrationBuilder.CreateTable(
                name: "Forecasts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Slot = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false),
                    Specialists = table.Column<int>(type: "INTEGER", nullable: false),
                    Expected = table.Column<double>(type: "REAL", nullable: false),
                    FirstTicket = table.Column<long>(type: "INTEGER", nullable: true),
                    FirstDueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Actual = table.Column<int>(type: "INTEGER", nullable: true),
                    FirstMissed = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Forecasts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LedgerHeads",
                columns: table => new
                {
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LedgerHeads", x => x.AccountId);
                });

            migrationBuilder.CreateTable(
                name: "Notifications",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TicketNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    Metric = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Cycle = table.Column<int>(type: "INTEGER", nullable: false),
                    Step = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    RecipientId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Audience = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AcknowledgedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EscalatedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PolicyDrafts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: false),
                    BasedOn = table.Column<int>(type: "INTEGER", nullable: false),
                    EditorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    EditorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    EditedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PolicyDrafts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SlaExceptions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    To = table.Column<long>(type: "INTEGER", nullable: false),
                    ScopeKind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ScopeValue = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    AuthorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AuthorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    DeclaredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ApproverId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ApproverName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    ApprovedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SlaExceptions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StaffPresence",
                columns: table => new
                {
                    NodeId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StaffId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffPresence", x => new { x.NodeId, x.StaffId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Claims",
                table: "Tickets",
                column: "CreatedAt",
                filter: "\"Claim\" <> 'None'");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_CreatedAt",
                table: "Tickets",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Ledger_Promises",
                table: "Ledger",
                columns: new[] { "At", "TicketNumber" },
                filter: "\"Kind\" = 'Promised'");

            migrationBuilder.CreateIndex(
                name: "IX_Flags_DetectedAt",
                table: "Flags",
                column: "DetectedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Forecasts_Slot",
                table: "Forecasts",
                column: "Slot",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Forecasts_Unmatured",
                table: "Forecasts",
                column: "Until",
                filter: "\"Actual\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_OpenByRecipient",
                table: "Notifications",
                columns: new[] { "RecipientId", "Id" },
                filter: "\"AcknowledgedAt\" IS NULL AND \"SettledAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_TicketNumber_Metric_Cycle_Step_RecipientId",
                table: "Notifications",
                columns: new[] { "TicketNumber", "Metric", "Cycle", "Step", "RecipientId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_Unheard",
                table: "Notifications",
                column: "CreatedAt",
                filter: "\"Audience\" = 'Assignee' AND \"EscalatedAt\" IS NULL AND \"AcknowledgedAt\" IS NULL AND \"SettledAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_SlaExceptions_ApprovedByEnd",
                table: "SlaExceptions",
                column: "To",
                filter: "\"State\" = 'Approved'");

            migrationBuilder.Sql(GuaranteeBackfill.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Flags");

            migrationBuilder.DropTable(
                name: "Forecasts");

            migrationBuilder.DropTable(
                name: "LedgerHeads");

            migrationBuilder.DropTable(
                name: "Notifications");

            migrationBuilder.DropTable(
                name: "PolicyDrafts");

            migrationBuilder.DropTable(
                name: "SlaExceptions");

            migrationBuilder.DropTable(
                name: "StaffPresence");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Claims",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_CreatedAt",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Ledger_Promises",
                table: "Ledger");

            migrationBuilder.DropColumn(
                name: "Hubs",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "MergedInto",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Plan",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "PolicyVersion",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "PromisesNext",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "BouncedAt",
                table: "PublicMessages");

            migrationBuilder.DropColumn(
                name: "Plan",
                table: "PremiumPurchases");

            migrationBuilder.DropColumn(
                name: "AppliedAt",
                table: "PolicyVersions");

            migrationBuilder.DropColumn(
                name: "AppliesTo",
                table: "PolicyVersions");

            migrationBuilder.DropColumn(
                name: "AuthorId",
                table: "PolicyVersions");

            migrationBuilder.DropColumn(
                name: "AuthorName",
                table: "PolicyVersions");

            migrationBuilder.DropColumn(
                name: "Note",
                table: "PolicyVersions");

            migrationBuilder.DropColumn(
                name: "Tzdb",
                table: "PolicyVersions");

            migrationBuilder.DropColumn(
                name: "AnchorAt",
                table: "Obligations");

            migrationBuilder.DropColumn(
                name: "BaseDueAt",
                table: "Obligations");

            migrationBuilder.DropColumn(
                name: "GrossDueAt",
                table: "Obligations");

            migrationBuilder.DropColumn(
                name: "MergedAt",
                table: "Obligations");

            migrationBuilder.DropColumn(
                name: "PausedAt",
                table: "Obligations");

            migrationBuilder.DropColumn(
                name: "Severity",
                table: "Obligations");

            migrationBuilder.DropColumn(
                name: "Stops",
                table: "Obligations");
        }
    }
}

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

            migrationBuilder.CreateIndex(
                name: "IX_Flags_DetectedAt",
                table: "Flags",
                column: "DetectedAt");

            migrationBuilder.CreateIndex(
                name: "IX_SlaExceptions_ApprovedByEnd",
                table: "SlaExceptions",
                column: "To",
                filter: "\"State\" = 'Approved'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Flags");

            migrationBuilder.DropTable(
                name: "LedgerHeads");

            migrationBuilder.DropTable(
                name: "SlaExceptions");

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

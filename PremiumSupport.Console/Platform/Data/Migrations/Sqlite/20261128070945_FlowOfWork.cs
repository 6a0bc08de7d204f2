using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FlowOfWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "ExternalReference",
                table: "Tickets",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "HeldSince",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSnoozedForAnswer",
                table: "Tickets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "SnoozedUntil",
                table: "Tickets",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Deeds",
                table: "PendingSends",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "Deeds",
                table: "MessageDrafts",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<long>(
                name: "DisabledAt",
                table: "Accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.Sql(HeldSinceBackfill.Sql);

            migrationBuilder.CreateTable(
                name: "TicketLinks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TicketNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    OtherNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ByName = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TicketLinks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TicketLinks_Tickets_OtherNumber",
                        column: x => x.OtherNumber,
                        principalTable: "Tickets",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TicketLinks_Tickets_TicketNumber",
                        column: x => x.TicketNumber,
                        principalTable: "Tickets",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_ExternalReference",
                table: "Tickets",
                column: "ExternalReference",
                unique: true,
                filter: "\"ExternalReference\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Unanswered",
                table: "Tickets",
                column: "HeldSince",
                filter: "\"Status\" IN ('New', 'Open', 'Waiting') AND \"AssigneeId\" IS NOT NULL AND \"LastFromCustomer\"");

            migrationBuilder.CreateIndex(
                name: "IX_TicketLinks_OtherNumber",
                table: "TicketLinks",
                column: "OtherNumber");

            migrationBuilder.CreateIndex(
                name: "IX_TicketLinks_TicketNumber_OtherNumber",
                table: "TicketLinks",
                columns: new[] { "TicketNumber", "OtherNumber" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TicketLinks");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_ExternalReference",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Tickets_Unanswered",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "ExternalReference",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "HeldSince",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "IsSnoozedForAnswer",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "SnoozedUntil",
                table: "Tickets");

            migrationBuilder.DropColumn(
                name: "Deeds",
                table: "PendingSends");

            migrationBuilder.DropColumn(
                name: "Deeds",
                table: "MessageDrafts");

            migrationBuilder.DropColumn(
                name: "DisabledAt",
                table: "Accounts");
        }
    }
}

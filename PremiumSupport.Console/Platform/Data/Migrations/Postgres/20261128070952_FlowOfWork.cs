using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Postgres
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
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "HeldSince",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsSnoozedForAnswer",
                table: "Tickets",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "SnoozedUntil",
                table: "Tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Deeds",
                table: "PendingSends",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<string>(
                name: "Deeds",
                table: "MessageDrafts",
                type: "text",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DisabledAt",
                table: "Accounts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.Sql(HeldSinceBackfill.Sql);

            migrationBuilder.CreateTable(
                name: "TicketLinks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TicketNumber = table.Column<long>(type: "bigint", nullable: false),
                    OtherNumber = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    ByName = table.Column<string>(type: "text", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ReportIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tickets_Claims",
                table: "Tickets");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Claims",
                table: "Tickets",
                columns: new[] { "CreatedAt", "Claim", "Criterion", "AccountId" },
                filter: "\"Claim\" <> 'None'");

            migrationBuilder.CreateIndex(
                name: "IX_Obligations_Callbacks",
                table: "Obligations",
                columns: new[] { "DueAt", "MergedAt", "Metric", "Commitment", "StartedAt", "GrossDueAt", "AnsweredAt", "BreachedAt", "TicketNumber" },
                filter: "\"Metric\" = 'Callback'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tickets_Claims",
                table: "Tickets");

            migrationBuilder.DropIndex(
                name: "IX_Obligations_Callbacks",
                table: "Obligations");

            migrationBuilder.CreateIndex(
                name: "IX_Tickets_Claims",
                table: "Tickets",
                column: "CreatedAt",
                filter: "\"Claim\" <> 'None'");
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReportIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Obligations_DueAt",
                table: "Obligations");

            migrationBuilder.CreateIndex(
                name: "IX_Obligations_Reports",
                table: "Obligations",
                columns: new[] { "DueAt", "MergedAt", "Metric", "Commitment", "StartedAt", "GrossDueAt", "AnsweredAt", "BreachedAt", "TicketNumber" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Obligations_Reports",
                table: "Obligations");

            migrationBuilder.CreateIndex(
                name: "IX_Obligations_DueAt",
                table: "Obligations",
                column: "DueAt");
        }
    }
}

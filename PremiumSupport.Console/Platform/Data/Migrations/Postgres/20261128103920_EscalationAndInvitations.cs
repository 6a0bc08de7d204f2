using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class EscalationAndInvitations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "AssigneeSeen",
                table: "PendingSends",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PassedOnAt",
                table: "Notifications",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_OutgoingMails_StaffLinks",
                table: "OutgoingMails",
                column: "CreatedAt",
                filter: "\"Kind\" = 'StaffLink'");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_UnheardByLeads",
                table: "Notifications",
                column: "CreatedAt",
                filter: "\"Audience\" = 'Lead' AND \"PassedOnAt\" IS NULL AND \"AcknowledgedAt\" IS NULL AND \"SettledAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutgoingMails_StaffLinks",
                table: "OutgoingMails");

            migrationBuilder.DropIndex(
                name: "IX_Notifications_UnheardByLeads",
                table: "Notifications");

            migrationBuilder.DropColumn(
                name: "AssigneeSeen",
                table: "PendingSends");

            migrationBuilder.DropColumn(
                name: "PassedOnAt",
                table: "Notifications");
        }
    }
}

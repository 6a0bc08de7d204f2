using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Intake : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AutoAnswers",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Mailbox = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AutoAnswers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InboundMails",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Mailbox = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    UidValidity = table.Column<long>(type: "INTEGER", nullable: false),
                    Uid = table.Column<long>(type: "INTEGER", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Copies = table.Column<int>(type: "INTEGER", nullable: false),
                    ArrivedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    KeptAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FromAddress = table.Column<string>(type: "TEXT", maxLength: 320, nullable: false),
                    FromName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    MessageId = table.Column<string>(type: "TEXT", maxLength: 250, nullable: true),
                    Proof = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AcceptedAs = table.Column<Guid>(type: "TEXT", nullable: true),
                    TicketNumber = table.Column<long>(type: "INTEGER", nullable: true),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboundMails", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MailCursors",
                columns: table => new
                {
                    Mailbox = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    UidValidity = table.Column<long>(type: "INTEGER", nullable: false),
                    Uid = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailCursors", x => x.Mailbox);
                });

            migrationBuilder.CreateTable(
                name: "InboundBytes",
                columns: table => new
                {
                    MailId = table.Column<long>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboundBytes", x => x.MailId);
                    table.ForeignKey(
                        name: "FK_InboundBytes_InboundMails_MailId",
                        column: x => x.MailId,
                        principalTable: "InboundMails",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "InboundViews",
                columns: table => new
                {
                    MailId = table.Column<long>(type: "INTEGER", nullable: false),
                    Said = table.Column<string>(type: "TEXT", nullable: false),
                    Quoted = table.Column<string>(type: "TEXT", nullable: false),
                    Signature = table.Column<string>(type: "TEXT", nullable: false),
                    Html = table.Column<string>(type: "TEXT", nullable: true),
                    Remarks = table.Column<string>(type: "TEXT", nullable: false),
                    Inline = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboundViews", x => x.MailId);
                    table.ForeignKey(
                        name: "FK_InboundViews_InboundMails_MailId",
                        column: x => x.MailId,
                        principalTable: "InboundMails",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AutoAnswers_Address_At",
                table: "AutoAnswers",
                columns: new[] { "Address", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_AutoAnswers_Mailbox_At",
                table: "AutoAnswers",
                columns: new[] { "Mailbox", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_Mailbox_Fingerprint",
                table: "InboundMails",
                columns: new[] { "Mailbox", "Fingerprint" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_Mailbox_UidValidity_Uid",
                table: "InboundMails",
                columns: new[] { "Mailbox", "UidValidity", "Uid" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_Received",
                table: "InboundMails",
                column: "Id",
                filter: "\"State\" = 'Received'");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_TicketNumber",
                table: "InboundMails",
                column: "TicketNumber");

            migrationBuilder.CreateIndex(
                name: "IX_InboundMails_Waiting",
                table: "InboundMails",
                columns: new[] { "State", "Id" },
                filter: "\"State\" IN ('Unverified', 'Quarantined', 'Pending')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AutoAnswers");

            migrationBuilder.DropTable(
                name: "InboundBytes");

            migrationBuilder.DropTable(
                name: "InboundViews");

            migrationBuilder.DropTable(
                name: "MailCursors");

            migrationBuilder.DropTable(
                name: "InboundMails");
        }
    }
}

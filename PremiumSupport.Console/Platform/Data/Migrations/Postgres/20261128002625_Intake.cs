using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Postgres
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Mailbox = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Address = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AutoAnswers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InboundMails",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Mailbox = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    UidValidity = table.Column<long>(type: "bigint", nullable: false),
                    Uid = table.Column<long>(type: "bigint", nullable: false),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Copies = table.Column<int>(type: "integer", nullable: false),
                    ArrivedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    KeptAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Size = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    FromAddress = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    FromName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Subject = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    MessageId = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true),
                    Proof = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    AcceptedAs = table.Column<Guid>(type: "uuid", nullable: true),
                    TicketNumber = table.Column<long>(type: "bigint", nullable: true),
                    Sequence = table.Column<long>(type: "bigint", nullable: true),
                    DecidedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    DecidedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboundMails", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MailCursors",
                columns: table => new
                {
                    Mailbox = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    UidValidity = table.Column<long>(type: "bigint", nullable: false),
                    Uid = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailCursors", x => x.Mailbox);
                });

            migrationBuilder.CreateTable(
                name: "InboundBytes",
                columns: table => new
                {
                    MailId = table.Column<long>(type: "bigint", nullable: false),
                    Bytes = table.Column<byte[]>(type: "bytea", nullable: false)
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
                    MailId = table.Column<long>(type: "bigint", nullable: false),
                    Said = table.Column<string>(type: "text", nullable: false),
                    Quoted = table.Column<string>(type: "text", nullable: false),
                    Signature = table.Column<string>(type: "text", nullable: false),
                    Html = table.Column<string>(type: "text", nullable: true),
                    Remarks = table.Column<string>(type: "text", nullable: false),
                    Inline = table.Column<string>(type: "text", nullable: false)
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

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class SearchMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MessageSearch.CreateOnPostgres);

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MessageSearch.DropOnPostgres);

        }
    }
}

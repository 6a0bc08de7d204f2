using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PremiumSupport.Platform.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SearchMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MessageSearch.CreateOnSqlite);

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(MessageSearch.DropOnSqlite);

        }
    }
}

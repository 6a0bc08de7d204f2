using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PremiumSupport.Platform.Data;

namespace PremiumSupport.Desk.Accounts.Teams;

/// <summary>People of the staff who look after the same accounts.</summary>
public sealed class Team
{
    public Guid Id { get; set; }
    public required string Name { get; set; }
}

/// <summary>That somebody is of a team.</summary>
public sealed class TeamMember
{
    public Guid TeamId { get; set; }
    public Guid StaffId { get; set; }
}

/// <summary>Who looks after an account: its dedicated team, and the one whom its people know by name.</summary>
public sealed class AccountCare
{
    public Guid AccountId { get; set; }

    /// <summary>Null where no team is dedicated to it.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>Null where nobody is named.</summary>
    public Guid? TechnicalContactId { get; set; }
}

internal sealed class TeamsTable : IEntityTypeConfiguration<Team>, IEntityTypeConfiguration<TeamMember>, IEntityTypeConfiguration<AccountCare>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("Teams");
        builder.Property(team => team.Id).ValueGeneratedNever();
        builder.Property(team => team.Name).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<TeamMember> builder)
    {
        builder.ToTable("TeamMembers");
        builder.HasKey(member => new { member.TeamId, member.StaffId });
        builder.HasOne<Team>().WithMany().HasForeignKey(member => member.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(member => member.StaffId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AccountCare> builder)
    {
        builder.ToTable("AccountCare");
        builder.HasKey(care => care.AccountId);
        builder.Property(care => care.AccountId).ValueGeneratedNever();
        builder.HasOne<Account>().WithMany().HasForeignKey(care => care.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(care => care.TeamId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<StaffUser>().WithMany().HasForeignKey(care => care.TechnicalContactId).OnDelete(DeleteBehavior.SetNull);
    }
}

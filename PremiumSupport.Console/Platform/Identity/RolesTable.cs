using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Platform.Identity;

/// <summary>The roles are rows of the model, so that they exist in every database before anybody can hold one.</summary>
internal sealed class RolesTable : IEntityTypeConfiguration<IdentityRole<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityRole<Guid>> builder) => builder.HasData(
        Role("7d1f0c51-6f0e-4a1d-9d55-1c6f5a1b0001", Roles.Specialist),
        Role("7d1f0c51-6f0e-4a1d-9d55-1c6f5a1b0002", Roles.TeamLead),
        Role("7d1f0c51-6f0e-4a1d-9d55-1c6f5a1b0003", Roles.Admin));

    // The stamp is fixed as well: a fresh one on every start would look like a model change without a migration.
    private static IdentityRole<Guid> Role(string id, string name) =>
        new(name) { Id = Guid.Parse(id), NormalizedName = name.ToUpperInvariant(), ConcurrencyStamp = id };
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PremiumSupport.Desk.Accounts;

internal sealed class AccountsTable : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<Subscription>, IEntityTypeConfiguration<PremiumPurchase>, IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.Property(account => account.Key).HasMaxLength(100);
        builder.Property(account => account.Name).HasMaxLength(200);
        builder.HasIndex(account => account.Key).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Subscription> builder)
    {
        builder.ToTable("Subscriptions");
        builder.Property(subscription => subscription.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<PremiumPurchase> builder)
    {
        builder.ToTable("PremiumPurchases");
        builder.Property(purchase => purchase.Id).ValueGeneratedNever();
        builder.Property(purchase => purchase.Plan).HasMaxLength(AccountLimits.Plan).HasDefaultValue("premium");
    }

    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("Contacts");
        builder.Property(contact => contact.Id).ValueGeneratedNever();
        builder.Property(contact => contact.Email).HasMaxLength(320);
        builder.Property(contact => contact.Name).HasMaxLength(200);
        builder.HasIndex(contact => new { contact.AccountId, contact.Email }).IsUnique();
    }
}

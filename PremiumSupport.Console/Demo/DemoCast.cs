using Microsoft.EntityFrameworkCore;
using PremiumSupport.Desk.Accounts;
using PremiumSupport.Platform.Data;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Demo;

/// <summary>Who plays in scripted stories: colleagues who answer, and customers whom no visitor of <c>/demo</c> can be.</summary>
internal sealed record DemoCast(IReadOnlyList<StaffCaller> Colleagues, IReadOnlyList<CustomerCaller> Customers)
{
    private static readonly string[] Askers = ["niko@acme.example", "haruka@acme.example", "ingrid@globex.example", "maximiliane@globex.example"];

    /// <summary>The scripted customers of the database beside those colleagues.</summary>
    public static async Task<DemoCast> ReadAsync(IDbContextFactory<SupportDb> factory, IReadOnlyList<StaffCaller> colleagues, CancellationToken cancellation)
    {
        await using var db = await factory.CreateDbContextAsync(cancellation);
        var contacts = await db.Set<Contact>().AsNoTracking().Where(contact => Askers.Contains(contact.Email)).OrderBy(contact => contact.Email).ToListAsync(cancellation);
        return new(colleagues, [.. contacts.Select(contact => new CustomerCaller(contact.Id, contact.AccountId, contact.Name, contact.Email))]);
    }
}

using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;
using PremiumSupport.Platform.Identity;
using PremiumSupport.Screens.Shell;
using PremiumSupport.Sla;

namespace PremiumSupport.Screens.Queue;

/// <summary>Says what a filter narrows by, one thing at a time, each with the filter that is left without it.</summary>
public static class FilterWords
{
    /// <summary>In the order of the panel.</summary>
    public static IEnumerable<(string Name, QueueFilter Without)> Of(QueueFilter filter, QueueFacets facets, IReadOnlyList<StaffMember> staff)
    {
        if (!string.IsNullOrEmpty(filter.Account))
        {
            yield return (facets.Accounts.FirstOrDefault(account => account.Key == filter.Account).Name ?? filter.Account, filter with { Account = null });
        }

        if (filter.Channel is { } channel)
        {
            yield return (Views.Channels.First(known => known.View == channel).Name, filter with { Channel = null });
        }

        if (filter.Severity is { } severity)
        {
            yield return (Of(severity), filter with { Severity = null });
        }

        if (filter.Role is { } role)
        {
            yield return (Of(role), filter with { Role = null });
        }

        if (filter.Assignee is { } assignee)
        {
            yield return (assignee switch
            {
                { IsMe: true } => "Mine",
                { Staff: null } => "Nobody’s",
                var other => staff.FirstOrDefault(member => member.Id == other.Staff)?.Name ?? "Somebody who left",
            }, filter with { Assignee = null });
        }

        if (filter.Status is { } status)
        {
            yield return (Words.Of(status), filter with { Status = null });
        }

        if (!string.IsNullOrEmpty(filter.Tag))
        {
            yield return ($"Tag {filter.Tag}", filter with { Tag = null });
        }

        if (filter.DueWithin is { } within)
        {
            yield return ($"Due within {FilterQuery.Due(within)}", filter with { DueWithin = null });
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            yield return ($"“{filter.Text}”", filter with { Text = null });
        }
    }

    /// <summary>A severity as a filter names it.</summary>
    public static string Of(Severity severity) => severity == Severity.BusinessCritical ? "Critical" : "Standard";

    /// <summary>A role as a filter names it.</summary>
    public static string Of(RequesterRole role) => role == RequesterRole.SuperAdmin ? "Super Admins" : "Users";
}

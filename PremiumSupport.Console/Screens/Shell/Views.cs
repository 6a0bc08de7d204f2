using PremiumSupport.Desk.Tickets;
using PremiumSupport.Desk.Tickets.Views;

namespace PremiumSupport.Screens.Shell;

/// <summary>A view of the queue as people see it: its word in the address, its name, its icon.</summary>
/// <param name="View">The list.</param>
/// <param name="Slug">The word in <c>/queue/{view}</c>.</param>
/// <param name="Name">What the rail and the title call it.</param>
/// <param name="Icon">The symbol in front of it.</param>
/// <param name="Empty">What it means when nothing is in it.</param>
public sealed record ViewName(QueueView View, string Slug, string Name, string Icon, string Empty);

/// <summary>The views of the contract, in the order of the rail.</summary>
public static class Views
{
    /// <summary>Views by who has to act.</summary>
    public static IReadOnlyList<ViewName> Queue { get; } =
    [
        new(QueueView.All, "all", "All open", "inbox", "Every request has been answered"),
        new(QueueView.Mine, "mine", "Mine", "user", "Nothing of yours is open"),
        new(QueueView.MyAccounts, "my-accounts", "My accounts", "people", "No ticket of an account that you are dedicated to is open"),
        new(QueueView.Unassigned, "unassigned", "Unassigned", "unassigned", "Everything has somebody"),
        new(QueueView.AtRisk, "at-risk", "At risk", "risk", "Nothing is at risk"),
        new(QueueView.Breached, "breached", "Breached", "flame", "Nothing is overdue"),
        new(QueueView.Critical, "critical", "Critical", "diamond", "No business-critical request is open"),
        new(QueueView.Snoozed, "snoozed", "Snoozed", "moon", "Nothing is put away"),
    ];

    /// <summary>Views by the way a request came.</summary>
    public static IReadOnlyList<ViewName> Channels { get; } =
    [
        new(QueueView.Chat, "chat", "Chat", "chat", "No chat is open"),
        new(QueueView.Email, "email", "Email", "email", "No email is open"),
        new(QueueView.Phone, "phone", "Phone", "phone", "Nobody waits for a call"),
    ];

    /// <summary>A saved view as the lists of the contract are shown.</summary>
    public static ViewName Of(SavedViewCard saved) => new(saved.Base, saved.Slug, saved.Name, saved.IsTeam ? "people" : "filter", $"Nothing is in {saved.Name}");

    /// <summary>The word of a list.</summary>
    public static string SlugOf(QueueView view) => Queue.Concat(Channels).First(known => known.View == view).Slug;

    /// <summary>The view of that word, or null for a word that names none.</summary>
    public static ViewName? Find(string? slug) =>
        string.IsNullOrEmpty(slug) ? Queue[0] : Queue.Concat(Channels).FirstOrDefault(view => string.Equals(view.Slug, slug, StringComparison.OrdinalIgnoreCase));
}

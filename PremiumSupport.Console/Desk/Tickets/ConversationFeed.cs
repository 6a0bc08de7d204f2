using System.Collections.Immutable;

namespace PremiumSupport.Desk.Tickets;

/// <summary>News of one conversation that a customer may see, after its commit and in commit order.</summary>
public abstract record ConversationNews(long Number);

/// <summary>A public message is on disk.</summary>
public sealed record MessageNews(long Number, PublicMessage Message) : ConversationNews(Number);

/// <summary>Status or assignee changed.</summary>
public sealed record StateNews(long Number, TicketStatus Status, string? AssigneeName) : ConversationNews(Number);

/// <summary>Somebody else asks from now on; who asked before hears no more of it.</summary>
public sealed record RequesterNews(long Number, Guid ContactId) : ConversationNews(Number);

/// <summary>
/// Carries news of conversations from the one writer to those who push them on. Only public types fit through it.
/// What it carries is a hint: a reader who missed it reads by sequence.
/// </summary>
public sealed class ConversationFeed
{
    private ImmutableArray<Action<ConversationNews>> _handlers = [];

    /// <summary>Calls the handler for all news. It runs on the writer's thread and must only hand over.</summary>
    public void Subscribe(Action<ConversationNews> handler) => ImmutableInterlocked.Update(ref _handlers, (all, added) => all.Add(added), handler);

    internal void Publish(ConversationNews news)
    {
        foreach (var handler in _handlers)
        {
            handler(news);
        }
    }
}

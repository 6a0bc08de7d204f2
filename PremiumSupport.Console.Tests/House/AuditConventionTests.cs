namespace PremiumSupport.Tests.House;

/// <summary>Whatever an admin's page can do to the database stands in the audit log; read from the compiled code, so that nobody has to remember it.</summary>
public sealed class AuditConventionTests
{
    private static readonly IReadOnlyDictionary<string, string> Silent = new Dictionary<string, string>
    {
        ["PolicyCommands.SaveDraftAsync"] = "A draft holds for nobody; publishing it is noted.",
        ["PolicyCommands.DiscardDraftAsync"] = "As above.",
        ["AvailabilityCommands."] = "What somebody says of themselves.",
    };

    [Fact]
    public void Every_verb_of_an_admin_that_writes_is_noted()
    {
        string[] forgotten = [.. CommandCalls.AdminVerbs.Where(verb => verb.Writes && !verb.Notes).Select(verb => verb.Name).Where(name => !IsSilent(name))];
        Assert.Empty(forgotten);
    }

    [Fact]
    public void There_are_such_verbs_and_a_silent_one_would_be_found()
    {
        Assert.Contains(CommandCalls.AdminVerbs, verb => verb is { Name: "StaffCommands.DisableAsync", Writes: true, Notes: true });
        Assert.Contains(CommandCalls.AdminVerbs, verb => verb is { Name: "PolicyCommands.SaveDraftAsync", Writes: true, Notes: false });
        Assert.True(CommandCalls.AdminVerbs.Count(verb => verb.Notes) >= 15);
    }

    [Fact]
    public void Nothing_is_excused_that_is_not_there()
    {
        string[] needless = [.. Silent.Keys.Where(name => !CommandCalls.AdminVerbs.Any(verb => verb.Writes && verb.Name.StartsWith(name, StringComparison.Ordinal)))];
        Assert.Empty(needless);
    }

    private static bool IsSilent(string name) => Silent.Keys.Any(silent => silent.EndsWith('.') ? name.StartsWith(silent, StringComparison.Ordinal) : name == silent);
}

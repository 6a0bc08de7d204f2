using PremiumSupport.Sla;

namespace PremiumSupport.Demo;

/// <summary>What a demo customer asks, and a specialist's first answer to it.</summary>
internal sealed record DemoText(string Subject, string Body, string Answer, string FollowUp);

/// <summary>The texts of the demo.</summary>
internal static class DemoTexts
{
    /// <summary>Requests by form, chat or phone.</summary>
    public static IReadOnlyList<DemoText> Requests { get; } =
    [
        new("Workflow enrolment stopped after a property was renamed", "Around 4,000 contacts are stuck at the first branch since this morning. We renamed the property that the branch reads.", "I can see the branch: it still points at the old name. I am republishing the workflow now and will re-enrol those who are stuck.", "Thank you. Will they get the first mail twice?"),
        new("Meeting links show the wrong time zone", "Our sales team moved to Oslo, and their links still offer Boston hours.", "The links keep the zone they were made with. Open each link's settings and choose the zone of its owner; I have done the first for you.", "That did it for two of five. Is there a way to change all at once?"),
        new("Duplicate deals created by the ERP sync", "It is now 312 duplicates, and the owners are being notified for each of them.", "I paused the sync for deals so that it stops. Could you send me one pair of duplicates, with their ids?", "Sure: 88120 and 91442. They differ in the external id only."),
        new("Blog migration lost hreflang tags in five languages", "The Norwegian and Italian pages lost their ranking within three days.", "The import skipped tags outside the head. I have a script that puts them back; may I run it on the Norwegian pages first?", "Yes please, and tell me before you do the rest."),
        new("SLA report in Service Hub double-counts reopened tickets", "Our own board deck goes out at 18:00 today, and the figure is plainly too low.", "The report counts each reopening as a new ticket. Set the filter 'first close only'; your figure becomes 96.4 percent.", "It says 96.4 now. Can that be the default?"),
        new("Consent status is not written back from the form API", "Reproduced with two forms and the raw requests attached in the body below.", "The requests lack the legal basis field that became required in May. I am sending you the two lines to add.", "Added; works in the sandbox."),
        new("Custom-coded action times out at 20 seconds", "Was fine until the release on Monday. Nothing changed on our side.", "The limit did not change, but the release moved your action to a colder region. I am moving it back now.", "Runs in 4 seconds again."),
        new("Which roles may export the contact list?", "No hurry, our audit is at the end of the month.", "Only roles with 'export' under Data, which in your account are Super Admin and Revenue Operations.", "Perfect, that is what the auditor asked."),
        new("Booking form shows old prices in the Norwegian version", "Only on mobile, I think.", "The mobile page is cached for a day. I cleared it; could you look again?", "New prices are there."),
        new("Import mapping keeps the wrong owner", "We import nightly, and every row goes to the person who set the import up.", "The owner column is mapped by name, and two people share that name. Map it by address instead.", "That explains it, thank you."),
        new("Deleted contacts re-appear after the nightly sync", "We deleted 210 contacts for legal reasons. 40 of them were back this morning.", "The sync is stopped; here is the list of restored records. I will stay on this until they are gone for good.", "Please confirm in writing when it is done."),
        new("Quote approvals skip the finance step", "Please call on the direct line, not the switchboard.", "I called and walked through the approval rules with you: the step was limited to one currency.", "It asks finance again now."),
        new("Scheduled emails went out at 03:00 instead of 09:00", "Hi, why did our newsletter leave in the middle of the night?", "Your portal's time zone was changed to UTC this morning, and schedules follow it. You find it under Settings, General.", "Yes! I can change it back, but do the ones already planned move too?"),
        new("Knowledge base returns 404 on all articles", "Every public article is gone since the publish at 14:50.", "The publish moved your articles to a new address without redirects. I am rolling it back.", "They are coming back, I can see the first ones."),
        new("Chat widget is hidden behind our cookie banner", "On phones nobody can reach it.", "The banner claims the whole corner. Raise the widget with the setting 'distance from the edge'.", "Good now."),
        new("API answers 429 since the new integration went live", "We send 40 requests a second for about a minute, then everything is refused.", "Your limit is 190 in ten seconds. Use the batch endpoint; your minute fits into four calls.", "We are rewriting it now."),
        new("Two-factor codes arrive ten minutes late", "About a third of us cannot get in before the code expires.", "The delay is with one carrier. Until it is solved, an authenticator app works at once; here is how to switch.", "Switched the whole team, thanks."),
        new("Dashboard tiles differ from the report behind them", "The tile says 118 deals, the report 121.", "The tile is cached for 15 minutes, the report is not. After a refresh both say 121.", "Could the tile say when it was made?"),
    ];

    /// <summary>Claims of business critical, with the criterion and what was said of the impact.</summary>
    public static IReadOnlyList<(DemoText Text, ClaimCriterion Criterion, string Impact)> Critical { get; } =
    [
        (new("Sign-in fails for everyone after SSO certificate change", "We rotated our identity provider's certificate as planned. Since then nobody can sign in, including me. I am writing from the recovery session that was still open.", "Your identity provider still signs with the old key, because its proxy keeps it for a day. Two steps bring everybody back in.", "Half of us are in again."),
            ClaimCriterion.SignIn, "All 412 users in Boston and Dublin are locked out; our support line depends on the CRM."),
        (new("Checkout pages are down during our launch", "The campaign started at noon, and every landing page with a form shows an error.", "I see it: the form service refuses your new domain. The certificate is being issued as I write.", "First page is up."),
            ClaimCriterion.Outage, "Launch of the year, 20,000 visitors an hour, nothing can be ordered."),
        (new("Public help centre unreachable in all countries", "Customers of four brands get a blank page.", "The shared theme lost a file in the last publish; I restored it and all four brands answer again.", "Confirmed from Oslo."),
            ClaimCriterion.Content, "Four teams cannot publish, 40,000 readers a day see nothing."),
        (new("Contact records of another team overwritten", "An import wrote over the phone numbers of about 9,000 people.", "The import is reversible for 24 hours; I have started to roll it back.", "I can see the numbers returning."),
            ClaimCriterion.DataLoss, "9,000 customers of the service team, calls go to wrong people."),
    ];

    /// <summary>Notes among staff.</summary>
    public static IReadOnlyList<string> Notes { get; } =
    [
        "Same pattern as last month; the fix is in the runbook under caching.",
        "Checked the logs: one failing call a second, always the same record.",
        "I know this account well. Ask for Haruka, she can try things out in minutes.",
    ];
}

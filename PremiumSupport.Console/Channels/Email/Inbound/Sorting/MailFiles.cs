using System.Security.Cryptography;
using System.Text;
using PremiumSupport.Channels.Email.Inbound.Parsing;
using PremiumSupport.Desk.Files;
using PremiumSupport.Desk.Intake;
using PremiumSupport.Desk.Tickets;
using PremiumSupport.Platform.Files;
using PremiumSupport.Platform.Identity;

namespace PremiumSupport.Channels.Email.Inbound.Sorting;

/// <summary>Takes a mail's files in as uploads of its sender, under the same limits, scanner and names on disk as any other (trust rule 15).</summary>
internal sealed class MailFiles(UploadCommands uploads)
{
    /// <summary>What was taken, what the HTML shows of it, and what was not taken in sentences.</summary>
    public sealed record Taken(IReadOnlyList<Guid> Ids, IReadOnlyList<InlineFile> Inline, IReadOnlyList<string> Remarks);

    /// <summary>The server has no room or no scanner right now: nothing is wrong with the mail.</summary>
    public sealed class NotNowException(string why) : Exception(why);

    /// <summary>Takes as many files as fit into a message, attachments before what the HTML shows. The same mail again takes the same files.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="fingerprint">From which the ids of its files follow, so that a second try after a crash finds those of the first.</param>
    /// <param name="owner">Whose uploads they are.</param>
    /// <param name="mayWait">Whether to give up and come again when the server has no room; false when it has been tried for long enough, for a request without its file is better than none.</param>
    /// <param name="cancellation">We stop.</param>
    /// <exception cref="NotNowException">There is no room or no scanner.</exception>
    public async Task<Taken> TakeAsync(ParsedMail mail, string fingerprint, CustomerCaller owner, bool mayWait, CancellationToken cancellation)
    {
        var ordered = mail.Files.Select((file, index) => (File: file, Index: index)).OrderBy(pair => pair.File.ContentId is null ? 0 : 1).ThenBy(pair => pair.Index).ToList();
        var (ids, inline, remarks) = (new List<Guid>(), new List<InlineFile>(), new List<string>());
        foreach (var (file, index) in ordered.Take(TicketLimits.Files))
        {
            using var body = new MemoryStream(file.Bytes, writable: false);
            var id = IdOf(fingerprint, index);
            var (stored, problem) = await uploads.ReceiveAsync(new(id, owner.ContactId, owner.AccountId, file.Name, file.Bytes.Length, body), cancellation);
            if (problem is { Status: StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage } && mayWait)
            {
                // The sentence for the sender of a form would puzzle the operator who reads this one.
                throw new NotNowException(problem.Status == StatusCodes.Status507InsufficientStorage ? "There is no room for files on the server." : "The virus scanner does not answer, and files wait for it.");
            }

            if (stored is null)
            {
                remarks.Add($"“{file.Name}” ({FileSize.InWords(file.Bytes.Length)}) was not taken: {problem!.Sentence}");
                continue;
            }

            ids.Add(id);
            if (file.ContentId is { } name)
            {
                inline.Add(new(name, id));
            }
        }

        if (ordered.Count > TicketLimits.Files)
        {
            remarks.Add($"{ordered.Count - TicketLimits.Files} more files are in the original; {TicketLimits.Files} fit into a message.");
        }

        return new(ids, inline, remarks);
    }

    private static Guid IdOf(string fingerprint, int index) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{fingerprint}/{index}")).AsSpan(0, 16));
}

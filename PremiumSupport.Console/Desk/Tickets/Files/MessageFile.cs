using PremiumSupport.Desk.Files;

namespace PremiumSupport.Desk.Tickets.Files;

/// <summary>A file of a public message.</summary>
public sealed record PublicFile(FileFacts Facts);

/// <summary>A file of an internal note. Another type, as the note itself is, so that what leads to customers cannot take one by mistake (trust rule 5).</summary>
public sealed record NoteFile(FileFacts Facts);

using System.Globalization;

namespace PremiumSupport.Sla;

/// <summary>Reads the words of a draft and collects what is wrong with them.</summary>
internal sealed class DraftReader
{
    /// <summary>What was wrong so far.</summary>
    public List<PolicyProblem> Problems { get; } = [];

    /// <summary>Notes that a field is wrong.</summary>
    public void Refuse(string field, string message) => Problems.Add(new(field, message));

    /// <summary>The member of that word, in any letter case; null, with a sentence, when the word is none.</summary>
    public T? Word<T>(string field, string? word, string sentence)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(word, ignoreCase: true, out var member) && Enum.IsDefined(member) && word!.All(char.IsLetter))
        {
            return member;
        }

        Refuse(field, sentence);
        return null;
    }

    /// <summary>The same where nothing means any; false when the word is neither.</summary>
    public bool WordOrAny<T>(string field, string? word, string sentence, out T? member)
        where T : struct, Enum
    {
        member = string.IsNullOrWhiteSpace(word) ? null : Word<T>(field, word, sentence);
        return member is not null || string.IsNullOrWhiteSpace(word);
    }

    /// <summary>A positive length of time in whole milliseconds, no longer than a target may be; null with a sentence otherwise.</summary>
    public TimeSpan? Length(string field, string text, string what)
    {
        if (!TimeSpan.TryParseExact(text.Trim(), "c", CultureInfo.InvariantCulture, out var length))
        {
            Refuse(field, $"'{Beginning(text)}' is not a length of time; write hours, minutes and seconds like 00:30:00.");
        }
        else if (length <= TimeSpan.Zero)
        {
            Refuse(field, $"{what} is longer than nothing; this one is {text.Trim()}.");
        }
        else if (length > PolicyLimits.Duration)
        {
            Refuse(field, $"{what} is at most {PolicyLimits.Duration.TotalDays:0} days of open time.");
        }
        else if (length.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            Refuse(field, $"{what} is in whole milliseconds.");
        }
        else
        {
            return length;
        }

        return null;
    }

    /// <summary>The spans of a day; null, with a sentence, when they are none. Nothing is an empty list.</summary>
    public IReadOnlyList<DaySpan>? Spans(string field, List<List<string?>?>? spans)
    {
        var result = new List<DaySpan>();
        if (spans?.Count > PolicyLimits.SpansADay)
        {
            Refuse(field, $"A day has at most {PolicyLimits.SpansADay} spans.");
            return null;
        }

        foreach (var span in spans ?? [])
        {
            if (span is not [{ } first, { } last] || Time(first) is not { } from || Time(last) is not { } to)
            {
                Refuse(field, $"'{Beginning(string.Join('-', span ?? []))}' is not a span; write two times of day like 09:00 and 17:00. 24:00 is the end of the day.");
                return null;
            }

            if (to <= from)
            {
                Refuse(field, $"The span {first} to {last} ends before it begins. One that goes past midnight is two: until 24:00 and from 00:00 on the next day.");
                return null;
            }

            if (result.Count > 0 && from < result[^1].To)
            {
                Refuse(field, from < result[^1].From
                    ? $"The span {first} to {last} stands after a later one; write them in the order of the day."
                    : $"The span {first} to {last} overlaps the one before it.");
                return null;
            }

            result.Add(new(from, to));
        }

        return result;
    }

    /// <summary>A date within the years that a policy knows.</summary>
    public DateOnly? Date(string field, string? text)
    {
        if (!DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            Refuse(field, $"'{Beginning(text)}' is not a date; write year, month and day like 2026-12-25.");
            return null;
        }

        if (date.Year is < PolicyLimits.FirstYear or > PolicyLimits.LastYear)
        {
            Refuse(field, $"A date lies between {PolicyLimits.FirstYear} and {PolicyLimits.LastYear}.");
            return null;
        }

        return date;
    }

    /// <summary>So much of what somebody wrote as fits into a sentence.</summary>
    public static string Beginning(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "";

    /// <summary>A time of day such as "09:00", "17:30:15" or "24:00"; null when it is none.</summary>
    public static TimeSpan? Time(string text) => text.Trim() is var time && time is "24:00" or "24:00:00" ? TimeSpan.FromDays(1)
        : TimeSpan.TryParseExact(time, [@"hh\:mm", @"hh\:mm\:ss"], CultureInfo.InvariantCulture, out var since) ? since
        : null;
}

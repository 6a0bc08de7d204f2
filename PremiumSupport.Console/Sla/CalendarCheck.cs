using NodaTime;

namespace PremiumSupport.Sla;

/// <summary>Makes calendars of a draft's, or says what keeps them from being ones.</summary>
internal static class CalendarCheck
{
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The word of the API for a weekday.</summary>
    public static string WordOf(DayOfWeek day) => Days[(int)day];

    /// <summary>The calendar of each entry by its place; null where something is wrong with it.</summary>
    public static IReadOnlyList<BusinessCalendar?> Read(DraftReader reader, List<CalendarDraft?>? calendars)
    {
        if (calendars?.Count > PolicyLimits.Calendars)
        {
            reader.Refuse("calendars", $"A policy has at most {PolicyLimits.Calendars} calendars; these are {calendars.Count}.");
            return [];
        }

        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. (calendars ?? []).Select((calendar, place) => Read(reader, $"calendars[{place}]", calendar, keys))];
    }

    private static BusinessCalendar? Read(DraftReader reader, string field, CalendarDraft? draft, HashSet<string> keys)
    {
        if (draft is null)
        {
            reader.Refuse(field, "A calendar is an object, never null.");
            return null;
        }

        var problems = reader.Problems.Count;
        var key = draft.Key?.Trim() ?? "";
        CheckKey(reader, $"{field}.key", key, keys);
        var zone = draft.Zone?.Trim() ?? "";
        if (!DateTimeZoneProviders.Tzdb.Ids.Contains(zone))
        {
            reader.Refuse($"{field}.zone", zone.Length == 0 ? "Name the time zone, for example Europe/Berlin." : $"'{DraftReader.Beginning(zone)}' is not a known IANA time zone; write for example Europe/Berlin.");
        }

        var week = ReadWeek(reader, $"{field}.week", draft.Week);
        var special = ReadSpecialDays(reader, field, draft);
        if (reader.Problems.Count > problems)
        {
            return null;
        }

        if (week.Values.All(spans => spans.Count == 0))
        {
            reader.Refuse($"{field}.week", $"The calendar {key} never opens: give at least one weekday hours.");
            return null;
        }

        return new(key, zone, week, special);
    }

    private static void CheckKey(DraftReader reader, string field, string key, HashSet<string> keys)
    {
        if (key.Length is 0 or > PolicyLimits.Key || !key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            reader.Refuse(field, $"A calendar's key has 1 to {PolicyLimits.Key} letters, digits, dots, hyphens or underscores.");
        }
        else if (key.Equals(BusinessCalendar.AlwaysOpenKey, StringComparison.OrdinalIgnoreCase))
        {
            reader.Refuse(field, $"'{BusinessCalendar.AlwaysOpenKey}' is the clock that never stops and cannot be a calendar's key.");
        }
        else if (!keys.Add(key))
        {
            reader.Refuse(field, $"Two calendars have the key '{key}'.");
        }
    }

    private static Dictionary<DayOfWeek, IReadOnlyList<DaySpan>> ReadWeek(DraftReader reader, string field, Dictionary<string, List<List<string?>?>?>? week)
    {
        var result = new Dictionary<DayOfWeek, IReadOnlyList<DaySpan>>();
        foreach (var (name, spans) in week ?? [])
        {
            if (DayOf(name) is not { } day)
            {
                reader.Refuse($"{field}.{DraftReader.Beginning(name)}", $"'{DraftReader.Beginning(name)}' is not a day of the week; say mon, tue, wed, thu, fri, sat or sun.");
            }
            else if (reader.Spans($"{field}.{name}", spans) is { } open && !result.TryAdd(day, open))
            {
                reader.Refuse($"{field}.{name}", "This day stands here twice.");
            }
        }

        // A day that is shut is left out, so that one week has one text.
        return result.Where(day => day.Value.Count > 0).OrderBy(day => ((int)day.Key + 6) % 7).ToDictionary();
    }

    private static DayOfWeek? DayOf(string name) => name.Length < 3 ? null
        : Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>().FirstOrDefault(day => day!.Value.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase));

    private static List<SpecialDay> ReadSpecialDays(DraftReader reader, string field, CalendarDraft draft)
    {
        var result = new List<SpecialDay>();
        var count = (draft.Holidays?.Count ?? 0) + (draft.ShortDays?.Count ?? 0);
        if (count > PolicyLimits.SpecialDays)
        {
            reader.Refuse($"{field}.holidays", $"A calendar has at most {PolicyLimits.SpecialDays} holidays and short days together; these are {count}. Leave out the years that are over.");
            return result;
        }

        var dates = new HashSet<DateOnly>();
        foreach (var (day, place) in (draft.Holidays ?? []).Select((day, place) => (day, place)))
        {
            if (ReadDay(reader, $"{field}.holidays[{place}]", day, dates) is { } date)
            {
                result.Add(new(date, Name(day!, "Holiday"), []));
            }
        }

        foreach (var (day, place) in (draft.ShortDays ?? []).Select((day, place) => (day, place)))
        {
            var here = $"{field}.shortDays[{place}]";
            var date = ReadDay(reader, here, day, dates);
            if (day is null || reader.Spans($"{here}.spans", day.Spans) is not { } spans)
            {
                continue;
            }

            if (spans.Count == 0)
            {
                reader.Refuse($"{here}.spans", "A short day has hours; a day without any is a holiday.");
            }
            else if (date is not null)
            {
                result.Add(new(date.Value, Name(day, "Short day"), spans));
            }
        }

        return [.. result.OrderBy(day => day.Date)];
    }

    private static string Name(DayDraft day, string otherwise) => string.IsNullOrWhiteSpace(day.Name) ? otherwise : day.Name.Trim();

    private static DateOnly? ReadDay(DraftReader reader, string field, DayDraft? day, HashSet<DateOnly> dates)
    {
        if (day is null)
        {
            reader.Refuse(field, "A day is an object, never null.");
            return null;
        }

        if (day.Name?.Length > PolicyLimits.Name)
        {
            reader.Refuse($"{field}.name", $"A day's name has at most {PolicyLimits.Name} characters.");
        }

        if (reader.Date($"{field}.date", day.Date) is not { } date)
        {
            return null;
        }

        if (!dates.Add(date))
        {
            reader.Refuse($"{field}.date", $"{date:yyyy-MM-dd} is special twice in this calendar.");
            return null;
        }

        return date;
    }
}

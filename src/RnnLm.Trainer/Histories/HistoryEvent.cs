using System.Text.Json;

namespace RnnLm.Training;

/// <summary>What a line of a history tells of. Lines of other kinds are passed over.</summary>
internal enum HistoryEvent
{
    Started,
    Resumed,
    Initial,
    Window,
    Epoch,
    Ended,
}

/// <summary>The kinds as they are written.</summary>
internal static class HistoryEvents
{
    public static string NameOf(HistoryEvent value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The kind of a name; null where it is another.</summary>
    public static HistoryEvent? Of(string name)
    {
        foreach (var value in Enum.GetValues<HistoryEvent>())
            if (NameOf(value) == name) return value;
        return null;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RnnLm.Cli.Flags;

/// <summary>Flags with a time as their value.</summary>
static class TimeFlag
{
    /// <summary>A time above zero, as HH:MM:SS.</summary>
    public static void Time(this FlagSet flags, string name, string description, Action<TimeSpan> set)
        => flags.Add(new Option<TimeSpan?>(name) { Description = description, CustomParser = Parse }, value => set(value!.Value));

    private static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (TimeSpan.TryParseExact(text, ["c", @"h\:m\:s"], CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero) return time;
        argument.AddError($"\"{text}\" is not a time above zero; write it as HH:MM:SS, 00:30:00 for half an hour.");
        return null;
    }
}

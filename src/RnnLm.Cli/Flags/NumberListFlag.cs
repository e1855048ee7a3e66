using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RnnLm.Cli.Flags;

/// <summary>Flags with a list of numbers as their value.</summary>
static class NumberListFlag
{
    /// <summary>Whole numbers with commas between them.</summary>
    public static Flag Numbers(this FlagSet flags, string name, string description, Action<int[]> set)
        => flags.Add(new Option<int[]>(name) { Description = description, Arity = ArgumentArity.ExactlyOne, CustomParser = Parse }, set);

    private static int[]? Parse(ArgumentResult argument)
    {
        var numbers = new List<int>();
        foreach (var text in argument.Tokens[0].Value.Split(','))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                argument.AddError($"\"{argument.Tokens[0].Value}\" is no list of whole numbers; write them with commas and no spaces, as in 2000,10000.");
                return null;
            }
            numbers.Add(number);
        }
        return [.. numbers];
    }
}

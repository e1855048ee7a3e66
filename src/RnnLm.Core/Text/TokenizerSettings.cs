using System.Collections.ObjectModel;

namespace RnnLm.Text;

/// <summary>The names and values under which tokenizers are saved.</summary>
internal static class TokenizerSettings
{
    internal const string Name = "name";
    internal const string LowerCase = "lowerCase";
    internal const string NumberClass = "numberClass";

    private const string Known = "whitespace, text or characters";

    internal static IReadOnlyDictionary<string, string> Of(string name) =>
        new ReadOnlyDictionary<string, string>(new Dictionary<string, string> { [Name] = name });

    internal static IReadOnlyDictionary<string, string> Of(string name, bool lowerCase, NumberClass numberClass) =>
        new ReadOnlyDictionary<string, string>(new Dictionary<string, string>
        {
            [Name] = name,
            [LowerCase] = lowerCase ? "true" : "false",
            [NumberClass] = numberClass switch
            {
                RnnLm.NumberClass.Digits => "digits",
                RnnLm.NumberClass.Word => "word",
                _ => "none",
            },
        });

    internal static Tokenizer Read(IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.TryGetValue(Name, out var name))
            throw new FormatException($"The tokenizer's settings lack \"{Name}\"; it must be {Known}.");
        switch (name)
        {
            case WhitespaceTokenizer.KindName:
                RefuseOthers(settings, name);
                return Tokenizer.Whitespace;
            case CharacterTokenizer.KindName:
                RefuseOthers(settings, name);
                return Tokenizer.Characters;
            case TextTokenizer.KindName:
                RefuseOthers(settings, name, LowerCase, NumberClass);
                return Tokenizer.Text(ReadLowerCase(settings), ReadNumberClass(settings));
            default:
                throw new FormatException($"The tokenizer \"{name}\" is unknown; it must be {Known}.");
        }
    }

    private static bool ReadLowerCase(IReadOnlyDictionary<string, string> settings) =>
        settings.TryGetValue(LowerCase, out var value) && value switch
        {
            "true" => true,
            "false" => false,
            _ => throw new FormatException($"The tokenizer's option \"{LowerCase}\" is \"{value}\"; it must be true or false."),
        };

    private static NumberClass ReadNumberClass(IReadOnlyDictionary<string, string> settings) =>
        !settings.TryGetValue(NumberClass, out var value) ? RnnLm.NumberClass.None : value switch
        {
            "none" => RnnLm.NumberClass.None,
            "digits" => RnnLm.NumberClass.Digits,
            "word" => RnnLm.NumberClass.Word,
            _ => throw new FormatException($"The tokenizer's option \"{NumberClass}\" is \"{value}\"; it must be none, digits or word."),
        };

    private static void RefuseOthers(IReadOnlyDictionary<string, string> settings, string name, params string[] options)
    {
        foreach (var key in settings.Keys)
        {
            if (key == Name || options.Contains(key)) continue;
            var right = options.Length == 0 ? "it has none" : $"it has {string.Join(" and ", options.Select(option => $"\"{option}\""))}";
            throw new FormatException($"The tokenizer \"{name}\" has no option \"{key}\"; {right}.");
        }
    }
}

using System.Collections.ObjectModel;

namespace RnnLm.Text;

/// <summary>A kind of tokenizer: what it takes to make one again of the settings it was saved with.</summary>
/// <param name="Name">The name in settings.</param>
/// <param name="Options">The names of the options that it has besides.</param>
/// <param name="Create">Makes a tokenizer of settings that have no other names.</param>
internal sealed record TokenizerKind(string Name, string[] Options, Func<IReadOnlyDictionary<string, string>, Tokenizer> Create)
{
    private const string NameKey = "name";

    /// <summary>Every kind there is: a new one is entered here.</summary>
    private static readonly TokenizerKind[] All =
    [
        new(WhitespaceTokenizer.KindName, [], _ => Tokenizer.Whitespace),
        new(TextTokenizer.KindName, TextTokenizerOptions.Keys, settings => new TextTokenizer(TextTokenizerOptions.Read(settings))),
        new(CharacterTokenizer.KindName, [], _ => Tokenizer.Characters),
    ];

    private static string Known => $"{string.Join(", ", All[..^1].Select(kind => kind.Name))} or {All[^1].Name}";

    /// <summary>The settings of a tokenizer.</summary>
    /// <param name="name">The name of its kind.</param>
    /// <param name="options">Its options by name.</param>
    public static IReadOnlyDictionary<string, string> SettingsOf(string name, params ReadOnlySpan<(string Key, string Value)> options)
    {
        var settings = new Dictionary<string, string> { [NameKey] = name };
        foreach (var (key, value) in options) settings.Add(key, value);
        return new ReadOnlyDictionary<string, string>(settings);
    }

    /// <summary>Makes a tokenizer of settings.</summary>
    /// <exception cref="FormatException">A name or value is unknown; the message says which, and what would be right.</exception>
    public static Tokenizer Read(IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.TryGetValue(NameKey, out var name))
            throw new FormatException($"The tokenizer's settings lack \"{NameKey}\"; it must be {Known}.");
        var kind = Array.Find(All, kind => kind.Name == name)
            ?? throw new FormatException($"The tokenizer \"{name}\" is unknown; it must be {Known}.");
        foreach (var key in settings.Keys)
        {
            if (key == NameKey || kind.Options.Contains(key)) continue;
            var right = kind.Options.Length == 0 ? "it has none" : $"it has {string.Join(" and ", kind.Options.Select(option => $"\"{option}\""))}";
            throw new FormatException($"The tokenizer \"{name}\" has no option \"{key}\"; {right}.");
        }
        return kind.Create(settings);
    }
}

using System.Collections.ObjectModel;
using RnnLm.Faults;

namespace RnnLm.Text;

/// <summary>A kind of tokenizer: what it takes to make one again of the settings it was saved with.</summary>
/// <param name="Name">The name in settings.</param>
/// <param name="Options">The names of the options that it has besides.</param>
/// <param name="Create">Makes a tokenizer of settings that have no other names.</param>
internal sealed record TokenizerKind(string Name, string[] Options, TokenizerKind.Maker Create)
{
    private const string NameKey = "name";
    private const string NormalizationKey = "normalization";
    private const string ComposedForm = "nfc";

    /// <summary>Every kind there is: a new one is entered here.</summary>
    private static readonly TokenizerKind[] All =
    [
        new(WhitespaceTokenizer.KindName, [], (_, normalizes) => normalizes ? Tokenizer.Whitespace : new WhitespaceTokenizer(normalizes)),
        new(TextTokenizer.KindName, TextTokenizerOptions.Keys,
            (settings, normalizes) => new TextTokenizer(TextTokenizerOptions.Read(settings), normalizes)),
        new(CharacterTokenizer.KindName, [], (_, normalizes) => normalizes ? Tokenizer.Characters : new CharacterTokenizer(normalizes)),
        new(SubwordTokenizer.KindName, [SubwordTokenizer.MergesKey], SubwordTokenizer.Read),
    ];

    /// <summary>Makes a tokenizer of settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="normalizesUnicode">Whether it normalizes text.</param>
    public delegate Tokenizer Maker(IReadOnlyDictionary<string, string> settings, bool normalizesUnicode);

    private static string Known => $"{string.Join(", ", All[..^1].Select(kind => kind.Name))} or {All[^1].Name}";

    /// <summary>The settings of a tokenizer.</summary>
    /// <param name="name">The name of its kind.</param>
    /// <param name="normalizesUnicode">Whether it normalizes text.</param>
    /// <param name="options">Its options by name.</param>
    public static IReadOnlyDictionary<string, string> SettingsOf(string name, bool normalizesUnicode, params ReadOnlySpan<(string Key, string Value)> options)
    {
        var settings = new Dictionary<string, string> { [NameKey] = name };
        if (normalizesUnicode) settings.Add(NormalizationKey, ComposedForm);
        foreach (var (key, value) in options) settings.Add(key, value);
        return new ReadOnlyDictionary<string, string>(settings);
    }

    /// <summary>Makes a tokenizer of settings.</summary>
    /// <exception cref="FormatException">A name or value is unknown; the message says which, and what would be right.</exception>
    public static Tokenizer Read(IReadOnlyDictionary<string, string> settings)
    {
        foreach (var (key, value) in settings)
            if (value is null) throw new FormatException($"The tokenizer's option {Quotation.Of(key)} is null; it must be text.");
        if (!settings.TryGetValue(NameKey, out var name))
            throw new FormatException($"The tokenizer's settings lack \"{NameKey}\"; it must be {Known}.");
        var kind = Array.Find(All, kind => kind.Name == name)
            ?? throw new FormatException($"The tokenizer {Quotation.Of(name)} is unknown; it must be {Known}.");
        foreach (var key in settings.Keys)
        {
            if (key is NameKey or NormalizationKey || kind.Options.Contains(key)) continue;
            string[] known = [NormalizationKey, .. kind.Options];
            throw new FormatException($"The tokenizer \"{name}\" has no option {Quotation.Of(key)}; it has {string.Join(" and ", known.Select(Quotation.Of))}.");
        }
        return kind.Create(settings, ReadNormalization(settings));
    }

    /// <summary>The same tokenizer, taking text as it is.</summary>
    public static Tokenizer WithoutNormalization(Tokenizer tokenizer)
    {
        var settings = new Dictionary<string, string>(tokenizer.Settings);
        settings.Remove(NormalizationKey);
        return Read(settings);
    }

    private static bool ReadNormalization(IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.TryGetValue(NormalizationKey, out var value)) return false;
        return value == ComposedForm
            ? true
            : throw new FormatException($"The tokenizer's option \"{NormalizationKey}\" is {Quotation.Of(value)}; it must be {ComposedForm}, or not be there where text is taken as it is.");
    }
}

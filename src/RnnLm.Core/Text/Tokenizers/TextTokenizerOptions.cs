using RnnLm.Faults;

namespace RnnLm;

/// <summary>What a <see cref="TextTokenizer"/> takes for the same word.</summary>
public sealed class TextTokenizerOptions
{
    private const string LowerCaseKey = "lowerCase";
    private const string NumberClassKey = "numberClass";

    /// <summary>Whether words are written in lower case, alike whatever culture is current: ΣΟΦΟΣ is σοφος, İ is i, and ß stays.</summary>
    /// <value>The default is false.</value>
    public bool LowerCase { get; set; }

    /// <summary>Which numbers count as the same word.</summary>
    /// <value>The default is <see cref="NumberClass.None"/>.</value>
    public NumberClass NumberClass { get; set; }

    /// <summary>The names of the options in a tokenizer's settings.</summary>
    internal static string[] Keys => [LowerCaseKey, NumberClassKey];

    /// <summary>The options as settings.</summary>
    internal (string Key, string Value)[] Settings =>
    [
        (LowerCaseKey, LowerCase ? "true" : "false"),
        (NumberClassKey, NumberClass switch { NumberClass.Digits => "digits", NumberClass.Word => "word", _ => "none" }),
    ];

    /// <summary>The options in settings; one that is missing has its default.</summary>
    /// <exception cref="FormatException">A value is unknown; the message says which, and what would be right.</exception>
    internal static TextTokenizerOptions Read(IReadOnlyDictionary<string, string> settings) => new()
    {
        LowerCase = settings.GetValueOrDefault(LowerCaseKey, "false") switch
        {
            "true" => true,
            "false" => false,
            var value => throw new FormatException($"The tokenizer's option \"{LowerCaseKey}\" is {Quotation.Of(value)}; it must be true or false."),
        },
        NumberClass = settings.GetValueOrDefault(NumberClassKey, "none") switch
        {
            "none" => NumberClass.None,
            "digits" => NumberClass.Digits,
            "word" => NumberClass.Word,
            var value => throw new FormatException($"The tokenizer's option \"{NumberClassKey}\" is {Quotation.Of(value)}; it must be none, digits or word."),
        },
    };
}

using System.CommandLine;

namespace RnnLm.Cli.Commands;

/// <summary>The options <c>--tokenizer</c> and <c>--lower-case</c>.</summary>
sealed class TokenizerOptions(string defaultName)
{
    public Option<string> Name { get; } = new Option<string>("--tokenizer")
    {
        Description = "How text is split into words.",
        DefaultValueFactory = _ => defaultName,
    }.AcceptOnlyFromAmong("whitespace", "text", "characters");

    public Option<bool> LowerCase { get; } = new("--lower-case") { Description = "Fold words to lower case (tokenizer text)." };

    public Tokenizer Read(ParseResult parsed) => (parsed.GetRequiredValue(Name), parsed.GetValue(LowerCase)) switch
    {
        ("text", var lower) => new TextTokenizer(new TextTokenizerOptions { LowerCase = lower }),
        (var other, true) => throw new ArgumentException($"--lower-case goes with --tokenizer text; the tokenizer {other} takes text as it is."),
        ("whitespace", _) => Tokenizer.Whitespace,
        _ => Tokenizer.Characters,
    };
}

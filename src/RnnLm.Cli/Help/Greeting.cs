namespace RnnLm.Cli.Help;

/// <summary>What <c>rnnlm</c> says by itself: what it is, and what to type next.</summary>
static class Greeting
{
    /// <summary>What one types first.</summary>
    public static readonly string[] FirstCommands = ["rnnlm train text.txt --output model.rnnlm", "rnnlm predict model.rnnlm \"the cat sat on\""];

    private static readonly string[] Lines =
    [
        "rnnlm trains neural language models on text of your own, and predicts, scores and writes text with them.",
        "",
        "Begin with a file of text, a sentence or a paragraph a line:",
        "",
        .. FirstCommands.Select(command => $"  {command}"),
        "",
        "rnnlm --help names all commands, and rnnlm train --help says all of one, with examples.",
    ];

    public static void Write(TextWriter output)
    {
        foreach (var line in Lines) output.WriteLine(line);
    }
}

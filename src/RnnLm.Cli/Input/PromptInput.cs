using RnnLm.Cli.Output;

namespace RnnLm.Cli.Input;

/// <summary>The prompts on the command line, or where there are none, the lines of standard input.</summary>
sealed class PromptInput(params IReadOnlyList<string> prompts)
{
    public bool IsStandardInput => prompts.Count == 0;

    public IEnumerable<string> Read(Terminal terminal) => IsStandardInput ? new TextInput().ReadLines(terminal) : prompts;
}

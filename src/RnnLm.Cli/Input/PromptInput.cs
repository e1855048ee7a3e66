using RnnLm.Cli.Output;

namespace RnnLm.Cli.Input;

/// <summary>The prompts on the command line, or where there are none or <c>-</c>, the lines of standard input.</summary>
sealed class PromptInput(params IReadOnlyList<string> prompts)
{
    public bool IsStandardInput => prompts is [] or [TextInput.StandardInput];

    /// <summary>The prompts, as many together as are there without waiting for more.</summary>
    public IEnumerable<IReadOnlyList<string>> ReadAvailable(Terminal terminal, CancellationToken cancellation)
        => IsStandardInput ? new TextInput().ReadAvailable(terminal, cancellation) : [prompts];
}

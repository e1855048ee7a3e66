using RnnLm.Cli.Filters;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Input;

/// <summary>The prompts on the command line, or where there are none or <c>-</c>, the lines of standard input.</summary>
sealed class PromptInput(params IReadOnlyList<string> prompts)
{
    public bool IsStandardInput => prompts is [] or [TextInput.StandardInput];

    /// <summary>Answers one prompt after the other. One that cannot be answered is told of, and those after it are answered all the same.</summary>
    /// <param name="terminal">Where prompts come from, and faults are told.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="explain">What an exception says, in words of the command line.</param>
    /// <param name="answer">Writes the answer to a prompt, all of it or, where it throws, nothing.</param>
    /// <returns>The exit code.</returns>
    public int AnswerEach(Terminal terminal, CancellationToken cancellation, Func<Exception, string> explain, Action<string> answer)
    {
        var (code, number) = (ExitCode.Done, 0L);
        foreach (var prompt in ReadAvailable(terminal, cancellation).SelectMany(available => available))
        {
            number++;
            try
            {
                answer(prompt);
            }
            catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
            {
                terminal.Tell(FormattableString.Invariant($"rnnlm: {(IsStandardInput ? $"standard input, line {number}: " : "")}{explain(fault)}"));
                code = IsStandardInput ? ExitCode.SomeFailed : ExitCode.Failed;
            }
            // Whoever asks prompt after prompt waits for this answer.
            terminal.Out.Flush();
        }
        return code;
    }

    /// <summary>The prompts, as many together as are there without waiting for more.</summary>
    public IEnumerable<IReadOnlyList<string>> ReadAvailable(Terminal terminal, CancellationToken cancellation)
        => IsStandardInput ? new TextInput().ReadAvailable(terminal, cancellation) : [prompts];

    /// <summary>The prompts as a filter takes them, each for itself; what is on the command line is text.</summary>
    public IEnumerable<IReadOnlyList<FilterLine>> ReadApart(FilterFormat format, Terminal terminal, CancellationToken cancellation)
        => IsStandardInput ? new TextInput().ReadApart(format, terminal, cancellation) : [[.. prompts.Select(prompt => new FilterLine(prompt))]];
}

using RnnLm.Cli.Output;
using RnnLm.Wording;

namespace RnnLm.Cli.Filters;

/// <summary>
/// A command as a filter among other programs: for each line in it writes one out, in their order and as soon as they are there. A line that cannot be answered has
/// its fault in that place; standard error has how far it is, and at the end how many they were, and the exit code says that there were any.
/// </summary>
/// <param name="terminal">Where it writes.</param>
/// <param name="output">How it writes.</param>
/// <param name="explain">What an exception says, in words of the command line.</param>
/// <param name="time">The clock; null stands for the real one.</param>
sealed class LineFilter(Terminal terminal, FilterOutput output, Func<Exception, string> explain, TimeProvider? time = null)
{
    private readonly FilterProgress progress = new(terminal, time ?? TimeProvider.System);
    private long count;
    private long failed;
    private string firstFault = "";

    /// <summary>Answers lines.</summary>
    /// <typeparam name="TAnswer">What is found for a line.</typeparam>
    /// <param name="input">The lines, as many together as are there.</param>
    /// <param name="answerOne">Finds the answer to one text.</param>
    /// <param name="answerMany">Finds the answers to many, the same; null where each depends on those before it.</param>
    /// <param name="write">Writes an answer.</param>
    /// <returns>The exit code.</returns>
    public int Answer<TAnswer>(
        IEnumerable<IReadOnlyList<FilterLine>> input, Func<string, TAnswer> answerOne, Func<IReadOnlyList<string>, IEnumerable<TAnswer>>? answerMany, Action<FilterLine, TAnswer> write)
    {
        foreach (var available in input)
        {
            string[] texts = [.. available.Where(line => line.Fault is null).Select(line => line.Text!)];
            using var answers = AnswersTo(texts, answerOne, answerMany).GetEnumerator();
            foreach (var line in available)
            {
                count++;
                if (line.Fault is not null) WriteFault(line, line.Fault);
                else if (answers.MoveNext() && answers.Current.Fault is { } fault) WriteFault(line, fault);
                else write(line, answers.Current.Answer!);
            }
            // Whoever asks line after line waits for these answers.
            terminal.Out.Flush();
            progress.Report(count, failed);
        }
        if (failed == 0) return ExitCode.Done;
        terminal.Tell($"rnnlm: {CountText.Of(failed, "line")} of {CountText.Of(count, "line")} could not be answered and {CountText.Choose(failed, "has its", "have their")} error in that place. The first: {firstFault}");
        return ExitCode.SomeFailed;
    }

    private IEnumerable<Outcome<TAnswer>> AnswersTo<TAnswer>(
        string[] texts, Func<string, TAnswer> answerOne, Func<IReadOnlyList<string>, IEnumerable<TAnswer>>? answerMany)
    {
        if (answerMany is not null && texts.Length > 1)
        {
            try
            {
                return [.. answerMany(texts).Select(answer => new Outcome<TAnswer>(answer, Fault: null))];
            }
            catch (Exception fault) when (IsOfText(fault))
            {
                // Which of the texts it is shows below.
            }
        }
        return texts.Select(text =>
        {
            try
            {
                return new Outcome<TAnswer>(answerOne(text), Fault: null);
            }
            catch (Exception fault) when (IsOfText(fault))
            {
                return new Outcome<TAnswer>(default, explain(fault));
            }
        });
    }

    private void WriteFault(FilterLine line, string fault)
    {
        if (failed++ == 0) firstFault = fault;
        output.WriteFault(line, fault);
    }

    /// <summary>Whether it is a text that was at fault; all else ends the command.</summary>
    private static bool IsOfText(Exception fault) => fault is AggregateException several
        ? several.InnerExceptions.All(IsOfText)
        : fault is ArgumentException or InvalidOperationException or NotSupportedException or NotFiniteNumberException;

    private readonly record struct Outcome<TAnswer>(TAnswer? Answer, string? Fault);
}

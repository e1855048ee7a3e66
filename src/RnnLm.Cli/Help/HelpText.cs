using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Help;

/// <summary>The help of a command: its arguments and flags, and then examples; of all commands, how one begins, and what exit codes mean.</summary>
/// <param name="usual">Writes the arguments and flags.</param>
/// <param name="terminal">Where it is read.</param>
sealed class HelpText(HelpAction usual, Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Becomes the help of a command line, whichever command it is asked of.</summary>
    public static void AddTo(RootCommand root, Terminal terminal)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            if (option.Action is HelpAction usual) option.Action = new HelpText(usual, terminal);
    }

    public override int Invoke(ParseResult parseResult)
    {
        usual.MaxWidth = terminal.IsOutputInteractive ? terminal.Width : int.MaxValue;
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var verb = parseResult.CommandResult.Command as Verb;
        Write(output, "Examples", verb?.Examples ?? [.. Greeting.FirstCommands, "rnnlm train --help"]);
        if (verb is null) Write(output, "Exit codes", ExitCode.Meanings.Select(meaning => $"{meaning.Code,-3}  {meaning.Text}"));
        return code;
    }

    private static void Write(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.WriteLine($"{title}:");
        foreach (var line in lines) output.WriteLine($"  {line}");
        output.WriteLine();
    }
}

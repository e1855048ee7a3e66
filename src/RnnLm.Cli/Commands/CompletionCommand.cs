using RnnLm.Cli.Completion;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm completion SHELL</c></summary>
sealed class CompletionCommand(Terminal terminal)
{
    private CompletionScript script = CompletionScript.All[0];

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.CaseArgument("SHELL", $"The shell that types: {string.Join(", ", CompletionScript.All.Select(choice => choice.Shell))}.",
            CompletionScript.All.ToDictionary(choice => choice.Shell, choice => (Action)(() => script = choice)));
        flags.Examples([.. CompletionScript.All.Select(choice => choice.Installation)]);
        return flags.ToCommand("completion",
            "Writes what lets a shell complete commands, flags, their values and names of files: the line of the shell, of those below, goes into the file that it reads when it starts.", Run);
    }

    private int Run()
    {
        terminal.Out.Write(script.Read());
        return ExitCode.Done;
    }
}

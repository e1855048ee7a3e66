using System.CommandLine;
using RnnLm.Cli.Input;

namespace RnnLm.Cli.Flags;

/// <summary>The argument <c>PROMPT...</c>: the texts that a command continues.</summary>
static class PromptArgument
{
    public static void Prompts(this FlagSet flags, Action<PromptInput> set)
    {
        const string Description = "The text to continue; without one, standard input, a prompt a line.";
        var argument = new Argument<string[]>("PROMPT") { Description = Description, Arity = ArgumentArity.ZeroOrMore };
        flags.Add(argument, prompts => set(new PromptInput(prompts)));
    }
}

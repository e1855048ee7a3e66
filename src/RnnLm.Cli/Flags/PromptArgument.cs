using RnnLm.Cli.Input;

namespace RnnLm.Cli.Flags;

/// <summary>The argument <c>PROMPT...</c>: the texts that a command continues.</summary>
static class PromptArgument
{
    public static void Prompts(this FlagSet flags, Action<PromptInput> set)
        => flags.Texts("PROMPT", "The text to continue; without one, or with -, standard input, a prompt a line. One that begins with - goes after --.",
            prompts => set(new PromptInput(prompts)));
}

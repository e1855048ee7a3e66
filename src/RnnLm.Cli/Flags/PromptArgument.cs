using RnnLm.Cli.Input;

namespace RnnLm.Cli.Flags;

/// <summary>The arguments <c>PROMPT...</c> and <c>TEXT...</c>: the texts that a command continues, or looks at.</summary>
static class PromptArgument
{
    /// <summary>Declares texts; what they are is a sentence without its end.</summary>
    public static void Texts(this FlagSet flags, string what, Action<PromptInput> set)
        => flags.Texts("TEXT", $"{what}; without one, or with -, standard input, a text a line. One that begins with - goes after --.", texts => set(new PromptInput(texts)));

    public static void Prompts(this FlagSet flags, Action<PromptInput> set)
        => flags.Texts("PROMPT", "The text to continue; without one, or with -, standard input, a prompt a line. One that begins with - goes after --.",
            prompts => set(new PromptInput(prompts)));
}

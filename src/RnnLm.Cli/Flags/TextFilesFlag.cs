using System.CommandLine;
using RnnLm.Cli.Input;

namespace RnnLm.Cli.Flags;

/// <summary>Flags that name text to read.</summary>
static class TextFilesFlag
{
    /// <summary>One file of text or more.</summary>
    public static void TextFiles(this FlagSet flags, string name, string description, Action<TextInput> set)
        => flags.Add(new Option<string[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true }, paths => set(new TextInput(paths)));
}

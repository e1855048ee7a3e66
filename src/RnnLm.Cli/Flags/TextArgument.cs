using System.CommandLine;
using RnnLm.Cli.Input;

namespace RnnLm.Cli.Flags;

/// <summary>Text that a command reads: the argument <c>TEXT...</c>, and flags like it.</summary>
static class TextArgument
{
    public static void Text(this FlagSet flags, string description, ArgumentArity arity, Action<TextInput> set)
        => flags.InputFiles("TEXT", description, arity, paths => set(new TextInput(paths)));

    /// <summary>A flag that names one file of text or more.</summary>
    public static void TextFiles(this FlagSet flags, string name, string description, Action<TextInput> set)
        => flags.InputFilesFlag(name, description, paths => set(new TextInput(paths)));
}

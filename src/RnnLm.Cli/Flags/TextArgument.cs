using System.CommandLine;
using System.CommandLine.Parsing;
using RnnLm.Cli.Input;

namespace RnnLm.Cli.Flags;

/// <summary>The argument <c>TEXT...</c>: the text that a command reads.</summary>
static class TextArgument
{
    public static void Text(this FlagSet flags, string description, ArgumentArity arity, Action<TextInput> set)
    {
        var argument = new Argument<string[]>("TEXT") { Description = description, Arity = arity };
        argument.Validators.Add(RefuseFlags);
        flags.Add(argument, paths => set(new TextInput(paths)));
    }

    /// <summary>A flag that is misspelt would otherwise be taken for the name of a file.</summary>
    private static void RefuseFlags(ArgumentResult argument)
    {
        foreach (var token in argument.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            argument.AddError($"There is no option {token.Value}; --help lists them. (A file of that name is ./{token.Value}.)");
    }
}

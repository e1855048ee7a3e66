using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using RnnLm.Cli;
using RnnLm.Cli.Output;

namespace RnnLm.Documentation.Tests;

/// <summary>The commands of the documentation: those in code blocks run, in their order, and those in sentences have the flags that they name.</summary>
public sealed partial class CommandTests(GivenFiles files) : IClassFixture<GivenFiles>
{
    /// <summary>What is only parsed, by a text in it, and why.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["rnnlm sweep "] = "it takes the time that it is given",
        ["rnnlm learning-rate "] = "it needs a longer text",
        ["--engine torch"] = "libtorch is half a gigabyte",
        ["--engine mpi"] = "not every machine has MPICH",
        ["rnnlm serve "] = "it serves until it is interrupted",
    };

    private static readonly RootCommand Commands = RnnLmCommand.Declare([], Silent(TextWriter.Null), CancellationToken.None);

    public static TheoryData<string> PagesWithCommands => [.. Page.ForUsers.Where(path => LinesOf(Page.Of(path)).Any())];

    public static TheoryData<string> Pages => [.. Page.ForUsers.Append("CHANGELOG.md")];

    [Theory]
    [MemberData(nameof(PagesWithCommands))]
    public void The_commands_of_a_page_run(string path)
    {
        using var folder = files.Enter();
        // One that does not end by itself is to be in the list.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        foreach (var (place, line) in LinesOf(Page.Of(path)))
        {
            using var error = new StringWriter();
            string[] arguments = [.. ArgumentsOf(line)];
            if (NotRun.Keys.Any(line.Contains))
                Assert.True(FaultOf(arguments) is null, $"{place}: {line}\n{FaultOf(arguments)}");
            else
                Assert.True(RnnLmCommand.Run(arguments, Silent(error), limit.Token) == ExitCode.Done, $"{place}: {line}\n{error}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_flags_that_a_page_names_are_there(string path)
    {
        foreach (var (code, line) in Page.Of(path).Spans)
        {
            if (FaultOfSpan(code) is { } fault) Assert.Fail($"{path}:{line}: `{code}`: {fault}");
        }
    }

    [Fact]
    public void What_is_not_run_is_there()
        => Assert.All(NotRun.Keys, text => Assert.Contains(Page.ForUsers.SelectMany(path => LinesOf(Page.Of(path))), line => line.Line.Contains(text, StringComparison.Ordinal)));

    [Fact]
    public void Every_command_is_in_the_readme_of_the_command_or_in_a_guide()
    {
        var pages = string.Join('\n', Page.ForUsers.Where(path => path.StartsWith("docs/", StringComparison.Ordinal) || path is "README.md" or "src/RnnLm.Cli/README.md")
            .SelectMany(path => LinesOf(Page.Of(path))).Select(line => line.Line));
        Assert.All(Commands.Subcommands, command => Assert.Matches($"(?m)^rnnlm {command.Name}( |$)", pages));
    }

    /// <summary>The command lines in the code blocks of a page, with their places.</summary>
    private static IEnumerable<(string Place, string Line)> LinesOf(Page page)
        => from block in page.Blocks
           where block.Language is "" or "sh" or "text"
           from line in block.Text.Split('\n').Select((text, index) => (Place: $"{page.Path}:{block.Line + index}", Line: Started(text.TrimEnd())))
           where line.Line.StartsWith("rnnlm ", StringComparison.Ordinal)
           select line;

    // What starts several processes of a command stands before it.
    private static string Started(string line) => line.StartsWith("mpiexec ", StringComparison.Ordinal) ? line[Math.Max(0, line.IndexOf("rnnlm ", StringComparison.Ordinal))..] : line;

    /// <summary>What is wrong with the flags of a piece of code in a sentence; null where nothing is, or where it is of something else.</summary>
    private static string? FaultOfSpan(string code)
    {
        var flags = Flag().Matches(code).Select(flag => flag.Value);
        if (code.StartsWith("--", StringComparison.Ordinal))
            return flags.FirstOrDefault(flag => !Commands.Subcommands.Any(command => Has(command, flag))) is { } unknown ? $"no command has {unknown}." : null;
        if (!code.StartsWith("rnnlm ", StringComparison.Ordinal)) return null;
        foreach (var verb in code.Split(' ')[1].Split('|').Where(verb => !verb.StartsWith('-') && verb.Any(char.IsLower)))
        {
            if (Commands.Subcommands.FirstOrDefault(command => command.Name == verb) is not { } command) return $"there is no command {verb}.";
            if (flags.FirstOrDefault(flag => !Has(command, flag)) is { } missing) return $"{verb} has no {missing}.";
        }
        return null;
    }

    /// <summary>Whether a command has a flag, or where it ends with a hyphen, as in <c>--input-</c> and <c>--hidden-dropout</c>, one that begins so.</summary>
    private static bool Has(Command command, string flag)
        => flag == "--help" || command.Options.Any(option =>
            flag.EndsWith('-') ? option.Name.StartsWith(flag, StringComparison.Ordinal) : option.Name == flag || option.Aliases.Contains(flag));

    private static string? FaultOf(string[] arguments)
    {
        var parsed = RnnLmCommand.Declare(arguments, Silent(TextWriter.Null), CancellationToken.None).Parse(arguments);
        string[] faults = [.. parsed.Errors.Select(error => error.Message), .. parsed.UnmatchedTokens];
        return faults.Length > 0 ? string.Join(' ', faults) : null;
    }

    /// <summary>The arguments of a line, as a shell takes it: quotes hold what is in them together.</summary>
    private static IEnumerable<string> ArgumentsOf(string line)
        => Argument().Matches(line["rnnlm ".Length..]).Select(argument => argument.Value.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal));

    private static Terminal Silent(TextWriter error) => new(() => new MemoryStream(Encoding.UTF8.GetBytes("The method returns\n")), TextWriter.Null, error);

    [GeneratedRegex("--[a-z][a-z0-9-]*")]
    private static partial Regex Flag();

    [GeneratedRegex("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+")]
    private static partial Regex Argument();
}

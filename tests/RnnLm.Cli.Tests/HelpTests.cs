using System.CommandLine;
using System.CommandLine.Completions;
using System.Reflection;
using System.Text.RegularExpressions;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>What <c>rnnlm</c> says of itself: alone, and with <c>--help</c>.</summary>
public sealed partial class HelpTests
{
    private static readonly RootCommand Root = Declare();

    public static TheoryData<string> EveryVerb() => [.. Root.Subcommands.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void The_help_of_a_command_ends_with_examples(string verb)
    {
        var outcome = Run(verb, "--help");
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        var examples = ExamplesOf(verb);
        Assert.InRange(examples.Count, 1, 4);
        Assert.EndsWith(string.Join('\n', ["Examples:", .. examples.Select(example => $"  {example}")]), outcome.Output.ReplaceLineEndings("\n").TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void An_example_is_a_command_that_does_as_soon_as_its_files_are_there(string verb)
    {
        foreach (var example in ExamplesOf(verb))
        {
            string[] arguments = [.. ArgumentsOf(example)];
            Assert.Equal(verb, arguments[0]);
            var outcome = Run(arguments);
            // What is wrong with the command line itself is found before files are looked for.
            if (verb == "completion") Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Error));
            else Assert.Matches("^rnnlm: [A-Z-]+.*: there is no (file|folder) \"", outcome.Error);
        }
    }

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void What_stands_for_a_value_says_what_it_is(string verb)
    {
        var command = Declare(verb).Subcommands.Single();
        Assert.All(command.Arguments, argument => Assert.Matches("^[A-Z]+$", argument.Name));
        foreach (var option in command.Options.Where(option => option.Arity.MaximumNumberOfValues > 0 && !option.Hidden))
        {
            var shown = option.HelpName ?? "";
            string[] cases = [.. option.GetCompletions(CompletionContext.Empty).Select(one => one.Label).Where(_ => option.ValueType != typeof(bool))];
            Assert.True(cases.Length > 0 ? shown.Split('|').Order().SequenceEqual(cases.Order()) : Placeholders().IsMatch(shown), $"{verb} {option.Name} <{shown}>");
            Assert.Contains($"{option.Name} <{shown}>", Run(verb, "--help").Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_help_of_all_commands_has_a_line_of_each_and_all_exit_codes()
    {
        var outcome = Run("--help");
        Assert.All(Root.Subcommands, verb => Assert.Matches($"(?m)^  {verb.Name} [^:]{{10,170}}\\.\r?$", outcome.Output));
        var codes = typeof(ExitCode).GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!);
        Assert.Equal(codes, ExitCode.Meanings.Select(meaning => meaning.Code));
        Assert.All(ExitCode.Meanings, meaning => Assert.Matches($"(?m)^  {meaning.Code} +{Regex.Escape(meaning.Text)}\r?$", outcome.Output));
        Assert.All(CommandsIn(outcome.Output), line => Assert.NotEqual(ExitCode.Misused, Run([.. ArgumentsOf(line)]).Code));
    }

    [Fact]
    public void Alone_it_greets_with_what_to_type_next()
    {
        var outcome = Run();
        Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Error));
        Assert.InRange(outcome.Lines.Length, 3, 10);
        Assert.Contains("rnnlm --help", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["train", "predict"], CommandsIn(outcome.Output).Select(line => ArgumentsOf(line).First()));
        Assert.All(CommandsIn(outcome.Output), line => Assert.Equal(ExitCode.Failed, Run([.. ArgumentsOf(line)]).Code));
    }

    private static IReadOnlyList<string> ExamplesOf(string verb) => ((Verb)Declare(verb).Subcommands.Single()).Examples;

    private static IEnumerable<string> CommandsIn(string output) => output.Split('\n').Where(line => line.StartsWith("  rnnlm ", StringComparison.Ordinal)).Select(line => line.Trim());

    /// <summary>The arguments of a command line that has <c>rnnlm</c> in it, as every shell takes it.</summary>
    private static IEnumerable<string> ArgumentsOf(string line) => Argument().Matches(CallOfRnnlm().Match(line).Groups[1].Value).Select(argument => argument.Value.Trim('"'));

    private static RootCommand Declare(params string[] arguments)
        => RnnLmCommand.Declare(arguments, new Terminal(() => Stream.Null, TextWriter.Null, TextWriter.Null), CancellationToken.None);

    private static Outcome Run(params string[] arguments)
    {
        using var shell = new Shell();
        return shell.Run(arguments);
    }

    [GeneratedRegex(@"^(FILE(\.\.\.)?|FOLDER|MODEL|WORDS?|NAME|KEY|URL|N|NUMBER|TIME|TIME\|N|(?<one>TEXT|N|NUMBER)(,\k<one>,\.\.\.)?(\|all)?|on\|off|[a-z0-9-]+(\|[a-z0-9:N-]+)+)$")]
    private static partial Regex Placeholders();

    [GeneratedRegex(@"rnnlm ([^|)]*)")]
    private static partial Regex CallOfRnnlm();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Argument();
}

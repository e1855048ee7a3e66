using System.Diagnostics;
using RnnLm.Cli.Completion;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>What <c>rnnlm completion</c> writes, in the shells that take it.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    public static TheoryData<string> EveryShell() => [.. CompletionScript.All.Select(script => script.Shell)];

    [Theory]
    [MemberData(nameof(EveryShell))]
    public void A_script_is_written_that_names_the_line_that_takes_it(string name)
    {
        var outcome = shell.Run("completion", name);
        Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Error));
        Assert.Contains(CompletionScript.All.Single(script => script.Shell == name).Installation, outcome.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain('\r', outcome.Output);
        Assert.Contains("[suggest:", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryShell))]
    public void A_shell_that_is_there_understands_its_script(string name)
    {
        if (PathOf(name) is not { } program || name == "pwsh") return;
        var (code, output) = Run(program, "-n", shell.Write("script", shell.Run("completion", name).Output));
        Assert.Equal((0, ""), (code, output));
    }

    [BashTheory]
    [InlineData("rnnlm tr", "train")]
    [InlineData("rnnlm su", "suggest", "summarize", "suspects")]
    [InlineData("rnnlm train --cell ", "cifg", "elman", "gru", "lstm", "relu")]
    [InlineData("rnnlm train --cell l", "lstm")]
    [InlineData("rnnlm train text.txt --cell=l", "lstm")]
    [InlineData("rnnlm train --hid", "--hidden", "--hidden-dropout")]
    [InlineData("rnnlm train --output m.rnnlm --sched", "--schedule")]
    [InlineData("rnnlm completion ", "bash", "fish", "pwsh", "zsh")]
    [InlineData("rnnlm predict ", "a model.rnnlm", "b.rnnlm", "text.txt")]
    [InlineData("rnnlm predict a", "a model.rnnlm")]
    [InlineData("rnnlm predict b.rnnlm --js", "--json")]
    [InlineData("rnnlm train text.txt --output b", "b.rnnlm")]
    [InlineData("rnnlm predict /", "/*")]
    [InlineData("rnnlm nothere --x")]
    [InlineData("rnnlm zz")]
    public void Bash_completes_commands_flags_values_and_files(string line, params string[] expected)
    {
        foreach (var file in (string[])["a model.rnnlm", "b.rnnlm", "text.txt"]) shell.Write(file, "");
        var script = shell.Write("../complete.sh", $$"""
            rnnlm() { dotnet '{{Path.Combine(AppContext.BaseDirectory, "rnnlm.dll")}}' "$@"; }
            cd '{{shell.Folder}}'
            source <(rnnlm completion bash)
            COMP_LINE='{{line}}'
            COMP_POINT=${#COMP_LINE}
            # As bash does with its usual COMP_WORDBREAKS.
            read -ra COMP_WORDS <<< "${COMP_LINE//=/ = }"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _rnnlm 2>/dev/null
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        var (code, output) = Run(PathOf("bash")!, script);
        File.Delete(script);
        Assert.Equal(0, code);
        string[] completed = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        if (expected is ["/*"]) Assert.All(completed, path => Assert.True(Path.Exists(path), path));
        else Assert.Equal(expected, completed);
    }

    private static string? PathOf(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>A test that needs bash.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class BashTheoryAttribute : TheoryAttribute
    {
        public BashTheoryAttribute() => Skip = PathOf("bash") is null ? "This system has no bash." : null;
    }
}

namespace RnnLm.Documentation.Tests;

/// <summary>The C# of the documentation compiles, and where it can, it runs: in a folder that has the files which it names.</summary>
public sealed class CodeTests(GivenFiles files) : IClassFixture<GivenFiles>
{
    /// <summary>What is compiled and not run, by a text in it, and why.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["TorchEngine"] = "libtorch is half a gigabyte, and a graphics card another matter",
        ["MpiEngine"] = "not every machine has MPICH",
        ["WebApplication"] = "it serves until it is interrupted",
        ["OpenAIClient"] = "it asks a server",
    };

    public static TheoryData<string> Programs => [.. Page.ForUsers.SelectMany(path => DocumentedProgram.Of(Page.Of(path))).Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_code_of_a_page_compiles_and_runs(string name)
    {
        var program = DocumentedProgram.Of(Page.Of(name[..name.LastIndexOf(':')])).Single(program => program.Name == name);
        var assembly = program.Compile();
        if (NotRun.Keys.Any(program.Text.Contains)) return;
        using var folder = files.Enter();
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            DocumentedProgram.Run(assembly);
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    [Fact]
    public void What_is_not_run_is_there()
    {
        var all = string.Join('\n', Page.ForUsers.SelectMany(path => DocumentedProgram.Of(Page.Of(path))).Select(program => program.Text));
        Assert.All(NotRun.Keys, text => Assert.Contains(text, all, StringComparison.Ordinal));
    }
}

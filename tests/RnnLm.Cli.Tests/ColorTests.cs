namespace RnnLm.Cli.Tests;

/// <summary>Escape sequences go to a screen that shows colours, and to nothing else.</summary>
public sealed class ColorTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private const char Escape = '\u001B';

    /// <summary>Commands that colour, or draw over what they have drawn.</summary>
    private static readonly string[] Drawing = ["explain MODEL the", "plot HISTORY", "train TEXT --output OUT --epochs 1 --hidden 8 --embedding 8", "--help", "train --help", "nothere"];

    public static TheoryData<string, string> EveryDrawingWithoutColors()
    {
        var data = new TheoryData<string, string>();
        foreach (var command in Drawing)
            foreach (var variables in (string[])["TERM=xterm NO_COLOR=1", "TERM=xterm NO_COLOR=0", "TERM=dumb"]) data.Add(command, variables);
        return data;
    }

    public static TheoryData<string> EveryDrawing() => [.. Drawing];

    [TerminalTheory]
    [MemberData(nameof(EveryDrawingWithoutColors))]
    public void A_screen_gets_none_where_nobody_wants_colours(string command, string variables)
    {
        using var shell = new Shell();
        using var running = RunningCommand.StartInTerminal(80, variables, Arguments(command, shell));
        var outcome = running.Wait();
        Assert.NotEqual("", outcome.Output);
        Assert.DoesNotContain(Escape, outcome.Output);
    }

    [TerminalTheory]
    [InlineData("explain MODEL the")]
    [InlineData("plot HISTORY")]
    public void A_screen_with_colours_gets_them(string command)
    {
        using var shell = new Shell();
        using var running = RunningCommand.StartInTerminal(80, "TERM=xterm NO_COLOR=", Arguments(command, shell));
        Assert.Contains(Escape, running.Wait().Output);
    }

    [Theory]
    [MemberData(nameof(EveryDrawing))]
    public void What_is_no_screen_gets_none(string command)
    {
        using var shell = new Shell();
        using var running = RunningCommand.Start(Arguments(command, shell));
        running.EndInput();
        var outcome = running.Wait();
        Assert.NotEqual("", outcome.Output + outcome.Error);
        Assert.DoesNotContain(Escape, outcome.Output + outcome.Error);
        Assert.DoesNotContain('\r', (outcome.Output + outcome.Error).ReplaceLineEndings("\n"));
    }

    private string[] Arguments(string command, Shell shell) => [.. command.Split(' ').Select(word => word switch
    {
        "MODEL" => trained.Model,
        "TEXT" => trained.Text,
        "OUT" => shell["out"],
        "HISTORY" => shell.Write("history.jsonl", "{\"seconds\":1,\"perplexity\":5}\n{\"seconds\":2,\"perplexity\":4}\n"),
        _ => word,
    })];
}

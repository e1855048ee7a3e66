namespace RnnLm.Cli.Tests.Workers;

/// <summary>Filters run by GNU parallel.</summary>
public sealed class ParallelTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    [ProgramsFact("parallel", "parallel")]
    public async Task A_text_that_is_shared_among_workers_gives_what_one_process_gives()
    {
        using var parts = new Parts(trained.Model);
        var outcome = await Tool.Run(
            parts.Folder, "parallel", ["--will-cite", "--pipe", "--keep-order", "--block", "1k", "--jobs", "2", $"{parts.Score} || [ $? -eq 3 ]"], environment: null, parts.Text);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(parts.Expected, Parts.WithoutPlace(outcome.Output));
    }

    [ProgramsFact("parallel", "parallel")]
    public async Task The_part_of_a_worker_that_was_killed_is_done_again_and_no_other()
    {
        using var parts = new Parts(trained.Model);
        parts.Hold(1);
        string[] arguments = ["--will-cite", "--joblog", "log", "--jobs", "2", "sh", parts.Script, "{}"];
        var running = Tool.Wait(Tool.Start(parts.Folder, "parallel", [.. arguments, ":::", "0", "1", "2"]));
        await parts.Kill(1);
        Assert.Equal(1, (await running).Code); // the number of those that failed
        Assert.Equal([true, false, true], Enumerable.Range(0, Parts.Count).Select(parts.IsScored));

        var again = await Tool.Run(parts.Folder, "parallel", ["--resume-failed", .. arguments, ":::", "0", "1", "2"]);
        Assert.Equal(0, again.Code);
        Assert.Equal(parts.Expected, parts.Scored);
        Assert.Equal(["0", "1", "1", "2"], File.ReadLines(Path.Combine(parts.Folder, "log")).Skip(1).Select(line => line.Split('\t')[^1].Split(' ')[^1]).Order(StringComparer.Ordinal));
    }
}

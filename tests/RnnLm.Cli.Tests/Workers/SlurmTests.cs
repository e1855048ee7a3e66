namespace RnnLm.Cli.Tests.Workers;

/// <summary>Filters run by Slurm on one node.</summary>
public sealed class SlurmTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    [ProgramsFact("slurm-wlm", "slurmctld", "slurmd", "sbatch", "sinfo", NeedsRoot = true)]
    public async Task The_part_of_a_worker_that_was_killed_is_done_again_and_the_parts_give_what_one_process_gives()
    {
        await using var node = await SlurmNode.Start();
        using var parts = new Parts(trained.Model);

        parts.Hold(1);
        await Submit("0-2");
        await parts.Kill(1);
        await node.UntilDone();
        Assert.Equal([true, false, true], Enumerable.Range(0, Parts.Count).Select(parts.IsScored));

        await Submit("1");
        await node.UntilDone();
        Assert.Equal(parts.Expected, parts.Scored);

        async Task Submit(string tasks)
        {
            var outcome = await node.Run(parts.Folder, "sbatch", $"--array={tasks}", "--output=%a.log", parts.Script);
            Assert.True(outcome.Code == 0, outcome.Error);
        }
    }
}

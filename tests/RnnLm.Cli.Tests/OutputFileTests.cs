using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class OutputFileTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    [Fact]
    public void What_is_rescued_takes_the_name_only_where_no_file_has_it()
    {
        using var shell = new Shell();
        var model = LanguageModel.Load(trained.Model);
        Assert.Equal(shell["m.rnnlm"], OutputFile.SaveRescued(model, shell["m.rnnlm"]));
        Assert.Equal(shell["m.rescued.rnnlm"], OutputFile.SaveRescued(model, shell["m.rnnlm"]));
        Assert.Equal(shell["m.rescued-2.rnnlm"], OutputFile.SaveRescued(model, shell["m.rnnlm"]));
        Assert.Equal(["m.rescued-2.rnnlm", "m.rescued.rnnlm", "m.rnnlm"], shell.Files);
    }

    [LinuxFact]
    public void A_model_that_its_disk_has_no_room_for_is_kept_elsewhere_and_the_command_fails()
    {
        using var shell = new Shell();
        var outcome = shell.Run(TrainedShell.SmallTraining(trained.Text, "/dev/full", epochs: 1));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("rnnlm: \"/dev/full\" cannot be written", outcome.Error);
        var kept = outcome.Error[(outcome.Error.IndexOf("The model is in \"", StringComparison.Ordinal) + "The model is in \"".Length)..].Split('"')[0];
        Assert.Equal(0, shell.Run("predict", kept, "the").Code);
        Directory.Delete(Path.GetDirectoryName(kept)!, recursive: true);
    }
}

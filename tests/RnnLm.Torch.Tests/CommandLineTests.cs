using RnnLm.Cli.Tests;

namespace RnnLm.Torch.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [TorchFact]
    public void The_engine_torch_trains_a_model_that_the_managed_one_serves()
    {
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));
        var outcome = shell.Run([.. TrainedShell.SmallTraining(text, shell["m.rnnlm"]), "--json", "--engine", "torch", "--device", "cpu"]);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("TorchSharp", outcome.Json[0].GetProperty("engine").GetString());
        using var elsewhere = new Installation(withTorchSharp: false);
        Assert.Equal(TrainedShell.Sentence, elsewhere.Run("generate", shell["m.rnnlm"], "the cat").Output.TrimEnd());
    }
}

using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class EngineTests : IDisposable
{
    private readonly Shell shell = new();
    private readonly string text;

    public EngineTests() => text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));

    public void Dispose() => shell.Dispose();

    private string[] Training(params string[] options) => [.. TrainedShell.SmallTraining(text, shell["m.rnnlm"]), "--json", .. options];

    [Fact]
    public void Managed_training_needs_no_assembly_of_another_engine_to_be_there()
    {
        using var installation = new Installation(without: ["Torch", "RnnLm.Mpi"]);
        var outcome = installation.Run(Training("--engine", "managed"));
        Assert.Equal("", outcome.Error);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("managed", outcome.Json[0].GetProperty("engine").GetString());
        Assert.True(File.Exists(shell["m.rnnlm"]));
    }

    [Fact]
    public void Predicting_needs_no_assembly_of_training_to_be_there()
    {
        Assert.Equal(0, shell.Run(Training()).Code);
        using var installation = new Installation(without: ["Torch", "RnnLm.Trainer"]);
        var outcome = installation.Run("predict", shell["m.rnnlm"], "the cat", "-k", "1");
        Assert.Equal("", outcome.Error);
        Assert.StartsWith("the cat\tsat", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_native_library_the_engine_torch_names_the_package_that_has_it()
    {
        using var installation = new Installation();
        var outcome = installation.Run(Training("--engine", "torch"));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.StartsWith("rnnlm: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("TorchSharp-cpu", outcome.Error);
        Assert.Equal("", outcome.Output);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void Standard_input_is_no_text_for_several_processes()
    {
        var outcome = shell.RunWithInput("the cat\n", "train", "-", "--output", shell["m.rnnlm"], "--engine", "mpi");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("is read by every process of the engine mpi, and standard input by one alone", outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Theory]
    [InlineData]
    [InlineData("--engine", "managed")]
    public void A_device_without_the_engine_torch_is_refused(params string[] engine)
    {
        var outcome = shell.Run(Training([.. engine, "--device", "cuda"]));
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--device goes with --engine torch", outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void A_libtorch_without_the_engine_torch_is_refused()
    {
        var outcome = shell.Run(Training("--libtorch", shell.Folder));
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--libtorch goes with --engine torch", outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void A_folder_without_libtorch_is_refused()
    {
        var outcome = shell.Run(Training("--engine", "torch", "--libtorch", shell.Folder));
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains($"There is no libtorch in {shell.Folder}", outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void A_device_that_does_not_exist_is_refused_with_the_ones_that_do()
    {
        var outcome = shell.Run(Training("--engine", "torch", "--device", "gpu"));
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("\"gpu\" is none of cpu, cuda", outcome.Error);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Theory]
    [InlineData]
    [InlineData("--device", "cuda")]
    public void An_engine_that_does_not_exist_is_refused_with_the_ones_that_do(params string[] device)
    {
        var outcome = shell.Run(Training(["--engine", "quantum", .. device]));
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("torch", outcome.Error + outcome.Output);
    }
}

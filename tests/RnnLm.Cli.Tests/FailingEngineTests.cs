using System.CommandLine;
using RnnLm.Cli.Commands;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>An engine that fails in the midst of a training: what there is to keep is kept, and how it goes on is said.</summary>
public sealed class FailingEngineTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [Fact]
    public void The_best_model_is_saved_and_how_to_go_on_is_said()
    {
        var error = Train(shell["m.rnnlm"], onFailure: () => { });
        Assert.Contains("The engine is out of order.", error);
        Assert.EndsWith($"The best model until then is in \"{shell["m.rnnlm"]}\".{Environment.NewLine}Go on with: rnnlm train --resume {shell["c"]}{Environment.NewLine}", error, StringComparison.Ordinal);
        Assert.Equal(0, shell.Run("info", shell["m.rnnlm"]).Code);
    }

    [Fact]
    public void Where_the_best_model_cannot_be_saved_either_how_to_go_on_is_said_all_the_same()
    {
        var folder = Directory.CreateDirectory(shell["out"]);
        var fault = Assert.Throws<IOException>(() => Train(shell["out/m.rnnlm"], onFailure: folder.Delete));
        Assert.Contains($"\"{shell["out/m.rnnlm"]}\" cannot be written", fault.Message);
        Assert.EndsWith($"{Environment.NewLine}Go on with: rnnlm train --resume {shell["c"]} --output MODEL", fault.Message, StringComparison.Ordinal);
        var kept = fault.Message.Split("The model is in \"")[1].Split('"')[0];
        Assert.NotNull(LanguageModel.Load(kept));
        Directory.Delete(Path.GetDirectoryName(kept)!, recursive: true);
    }

    /// <summary>Trains with an engine that fails in the third epoch.</summary>
    /// <returns>What was said.</returns>
    private string Train(string output, Action onFailure)
    {
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));
        using var error = new StringWriter();
        var terminal = new Terminal(() => Stream.Null, TextWriter.Null, error);
        var root = new RootCommand { new TrainCommand(terminal, CancellationToken.None, new FailingEngine(100, onFailure)).Declare() };
        var code = root.Parse([.. TrainedShell.SmallTraining(text, output), "--checkpoint", shell["c"]])
            .Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        Assert.Equal(ExitCode.Failed, code);
        return error.ToString();
    }

    /// <summary>The managed engine, up to a step at which it fails.</summary>
    private sealed class FailingEngine(int steps, Action onFailure) : ITrainingEngine
    {
        public string Name => "failing";

        public ITrainingSession Start(NetworkWeights initial, TrainingOptions options, IReadOnlyList<long>? wordCounts = null)
            => new Session(new ManagedEngine().Start(initial, options, wordCounts), steps, onFailure);

        private sealed class Session(ITrainingSession inner, int left, Action onFailure) : ITrainingSession
        {
            private int left = left;

            public WindowResult Train(Window window, double learningRate)
            {
                if (left-- > 0) return inner.Train(window, learningRate);
                onFailure();
                throw new InvalidOperationException("The engine is out of order.");
            }

            public WindowResult ComputeGradients(Window window, NetworkWeights gradients) => inner.ComputeGradients(window, gradients);

            public double Evaluate(ReadOnlyMemory<int> ids, CancellationToken cancellationToken) => inner.Evaluate(ids, cancellationToken);

            public void ReadWeights(NetworkWeights destination) => inner.ReadWeights(destination);

            public bool SaveState(TrainingState state) => inner.SaveState(state);

            public void RestoreState(TrainingState state) => inner.RestoreState(state);

            public void Dispose() => inner.Dispose();
        }
    }
}

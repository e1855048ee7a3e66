using System.CommandLine;
using RnnLm.Cli.Output;
using Spectre.Console;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm train TEXT... --output MODEL</c></summary>
static class TrainCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var defaults = new TrainingOptions();
        var text = Shared.TextArgument("The text to learn from: UTF-8 files, a line a text; - is standard input.", ArgumentArity.OneOrMore);
        var output = Shared.OutputOption();
        var validation = new Option<string[]>("--validation")
        {
            Description = "Text by which epochs are compared; training stops when it is no longer predicted better.",
            AllowMultipleArgumentsPerToken = true,
        };
        var tokenizer = new TokenizerOptions("text");
        var vocabularySize = new Option<int?>("--vocabulary-size") { Description = "The greatest number of words, the two special ones included. [default: no limit]" };
        var minimumCount = new Option<int>("--minimum-count") { Description = "How often a word must occur to be learned.", DefaultValueFactory = _ => 1 };
        var cell = new Option<string>("--cell") { Description = "The recurrent cell.", DefaultValueFactory = _ => "lstm" };
        cell.AcceptOnlyFromAmong(Shared.Cells);
        var layers = Number("--layers", "The number of recurrent layers.", defaults.Layers);
        var embedding = Number("--embedding", "The size of a word's embedding.", defaults.EmbeddingSize);
        var hidden = Number("--hidden", "The size of a layer's hidden state.", defaults.HiddenSize);
        var tied = new Option<bool>("--tied") { Description = "Share the output layer's matrix with the embedding." };
        var dropout = Number("--dropout", "The share of values dropped between layers.", defaults.Dropout);
        var softmax = new SoftmaxOptions(defaults);
        var optimizer = new Option<string>("--optimizer") { Description = "How gradients become updates.", DefaultValueFactory = _ => "adam" };
        optimizer.AcceptOnlyFromAmong("sgd", "adam", "adamw");
        var learningRate = new Option<double?>("--learning-rate") { Description = "The learning rate at the start. [default: 20 for sgd, 0.002 for adam and adamw]" };
        var clip = Number("--clip", "The greatest norm of the gradient.", defaults.GradientClip);
        var batch = Number("--batch", "The number of parallel streams.", defaults.BatchSize);
        var window = Number("--window", "The number of words over which errors are propagated back.", defaults.Window);
        var epochs = Number("--epochs", "The greatest number of passes over the text.", defaults.Epochs);
        var timeLimit = new Option<TimeSpan?>("--time-limit") { Description = "When to stop at the latest, as HH:MM:SS.", CustomParser = Shared.ParseTime };
        var patience = Number("--patience", "After how many epochs without improvement to stop.", defaults.Patience);
        var seed = Number("--seed", "What every random choice follows from.", defaults.Seed);
        var threads = new Option<int?>("--threads") { Description = "The number of threads. [default: one for each processor]" };
        var engine = new EngineOptions();
        var json = Shared.JsonOption();

        var command = new Command("train", "Trains a language model on text. Ctrl-C stops training and keeps the best model.")
        {
            text, output, validation, tokenizer.Name, tokenizer.LowerCase, vocabularySize, minimumCount, cell, layers, embedding, hidden, tied,
            dropout, softmax.Softmax, softmax.Samples, softmax.Sampler, softmax.Cutoffs, optimizer, learningRate, clip, batch, window, epochs, timeLimit,
            patience, seed, threads, engine.Engine, engine.Device, engine.Libtorch, json,
        };
        command.SetAction(parsed =>
        {
            var options = new TrainingOptions
            {
                Cell = Enum.Parse<CellKind>(parsed.GetRequiredValue(cell), ignoreCase: true),
                Layers = parsed.GetValue(layers),
                EmbeddingSize = parsed.GetValue(embedding),
                HiddenSize = parsed.GetValue(hidden),
                Tied = parsed.GetValue(tied),
                Dropout = parsed.GetValue(dropout),
                Optimizer = Enum.Parse<OptimizerKind>(parsed.GetRequiredValue(optimizer), ignoreCase: true),
                LearningRate = parsed.GetValue(learningRate),
                GradientClip = parsed.GetValue(clip),
                BatchSize = parsed.GetValue(batch),
                Window = parsed.GetValue(window),
                Epochs = parsed.GetValue(epochs),
                TimeLimit = parsed.GetValue(timeLimit),
                Patience = parsed.GetValue(patience),
                Seed = parsed.GetValue(seed),
                Threads = parsed.GetValue(threads),
                Cancellation = cancellation,
            };
            softmax.Read(parsed, options);
            var task = new TrainingTask
            {
                Text = parsed.GetRequiredValue(text),
                Validation = parsed.GetValue(validation),
                Output = parsed.GetRequiredValue(output),
                Tokenizer = tokenizer.Read(parsed),
                Vocabulary = new VocabularyOptions { MaximumSize = parsed.GetValue(vocabularySize), MinimumCount = parsed.GetValue(minimumCount) },
                Options = options,
                Engine = engine.Read(parsed),
            };
            return Train(task, terminal, parsed.GetValue(json));
        });
        return command;
    }

    private static Option<T> Number<T>(string name, string description, T value)
        => new(name) { Description = description, DefaultValueFactory = _ => value };

    private sealed class TrainingTask
    {
        public required IReadOnlyList<string> Text { get; init; }

        public required IReadOnlyList<string>? Validation { get; init; }

        public required string Output { get; init; }

        public required Tokenizer Tokenizer { get; init; }

        public required VocabularyOptions Vocabulary { get; init; }

        public required TrainingOptions Options { get; init; }

        /// <summary>What runs the mathematics; null means the managed engine.</summary>
        public required ITrainingEngine? Engine { get; init; }

        public TrainedModel Run(Terminal terminal)
            => new LanguageModelTrainer(Options, Engine).Train(
                Tokenizer,
                Shared.ReadLines(Text, terminal),
                Validation is { Count: > 0 } ? Shared.ReadLines(Validation, terminal) : null,
                Vocabulary);
    }

    private static int Train(TrainingTask task, Terminal terminal, bool json)
    {
        OutputFile.CheckWritable(task.Output);
        TrainedModel trained;
        try
        {
            trained = Run(task, terminal, json);
        }
        catch (TrainingFailedException failure) when (failure.BestModel is not null)
        {
            failure.BestModel.Save(task.Output);
            terminal.Error.WriteLine($"The best model until the failure is in {task.Output}.");
            throw;
        }
        trained.Model.Save(task.Output);

        var result = trained.Result;
        if (json)
            terminal.Out.WriteJson(new
            {
                Best = new { Epoch = result.BestEpoch, ValidationPerplexity = result.BestValidationPerplexity },
                result.WordsPerSecond,
                Seconds = result.Elapsed.TotalSeconds,
            });
        else
            terminal.Error.WriteLine($"The model is in {task.Output}.");
        return result.StopReason == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static TrainedModel Run(TrainingTask task, Terminal terminal, bool json)
    {
        if (!json && terminal.IsErrorInteractive)
        {
            var bars = new ProgressBars(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }));
            task.Options.Progress = bars;
            return bars.While(() => task.Run(terminal));
        }
        task.Options.Progress = json ? new ProgressJson(terminal.Out) : new ProgressLines(terminal.Error);
        return task.Run(terminal);
    }
}

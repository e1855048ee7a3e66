using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using Spectre.Console;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm train TEXT... --output MODEL</c></summary>
sealed class TrainCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly VocabularyOptions vocabulary = new();
    private readonly TrainingOptions options = new() { CancellationToken = cancellation };
    private TextInput text = new();
    private TextInput? validation;
    private string output = "";
    private Func<Tokenizer> createTokenizer = () => Tokenizer.Whitespace;
    private Func<ITrainingEngine?> createEngine = () => null;
    private bool json;

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Text("The text to learn from: UTF-8 files, a line a text; - is standard input.", ArgumentArity.OneOrMore,
            value => text = value);
        flags.Output(value => output = value);
        flags.TextFiles("--validation", "Text by which epochs are compared; training stops when it is no longer predicted better.",
            value => validation = value);
        flags.Tokenizer("text", value => createTokenizer = value);
        flags.Optional<int>("--vocabulary-size", "The greatest number of words, the two special ones included. [default: no limit]",
            value => vocabulary.MaximumSize = value);
        flags.Value("--minimum-count", "How often a word must occur to be learned.", vocabulary.MinimumCount,
            value => vocabulary.MinimumCount = value);
        flags.Training(options);
        flags.Engine(value => createEngine = value);
        flags.Json(value => json = value);
        return flags.ToCommand("train", "Trains a language model on text. Ctrl-C stops training and keeps the best model.", Run);
    }

    private int Run()
    {
        var engine = createEngine();
        OutputFile.CheckWritable(output);
        TrainedModel trained;
        try
        {
            trained = TrainWithProgress(engine);
        }
        catch (TrainingFailedException failure) when (failure.BestModel is not null)
        {
            failure.BestModel.Save(output);
            terminal.Error.WriteLine($"The best model until the failure is in {output}.");
            throw;
        }
        trained.Model.Save(output);

        var result = trained.Result;
        if (json)
            terminal.Out.WriteJson(new
            {
                Best = new
                {
                    Epoch = result.BestEpoch,
                    ValidationPerplexity = result.BestValidationPerplexity,
                    ValidationContext = result.BestValidationContext,
                },
                result.WordsPerSecond,
                Seconds = result.Elapsed.TotalSeconds,
            });
        else
            terminal.Error.WriteLine($"The model is in {output}.");
        return result.StopReason == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
    }

    private TrainedModel TrainWithProgress(ITrainingEngine? engine)
    {
        if (!json && terminal.IsErrorInteractive)
        {
            var bars = new ProgressBars(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }));
            options.Progress = bars;
            return bars.While(Train);
        }
        options.Progress = json ? new ProgressJson(terminal.Out) : new ProgressLines(terminal.Error);
        return Train();

        TrainedModel Train()
            => new LanguageModelTrainer(options, engine).Train(createTokenizer(), text.ReadLines(terminal), validation?.ReadLines(terminal), vocabulary);
    }
}

namespace RnnLm.Benchmarks.Soak;

/// <summary>Trainings so small that they take milliseconds, by the managed engine.</summary>
static class TrainingActivities
{
    private static readonly CellKind[] Cells = Enum.GetValues<CellKind>();

    /// <param name="subject">A model with whose questions, as text, the others are trained.</param>
    public static IEnumerable<Activity> Of(Subject subject)
    {
        var questions = subject.Questions;
        return
        [
            new("train", 2, (_, question) => Trained(Options(question), questions, question)),
            new("train, cancelled", 2, (_, question) => ModelActivities.Cancelled(cancellation =>
            {
                var options = Options(question);
                options.CancellationToken = cancellation.Token;
                options.ProgressInterval = TimeSpan.Zero;
                options.Progress = new CancellingProgress<TrainingEvent>(cancellation, progress => progress is TrainingProgressed { Step: > 3 });
                // What is cancelled inside an epoch that taught it something is a model of so many windows.
                return Trained(options, questions, question);
            })),
            new("train, a session", 2, (_, question) => Session(Options(question), question)),
        ];
    }

    private static string Trained(TrainingOptions options, Questions questions, int question)
    {
        var trained = new LanguageModelTrainer(options).Train(
            Tokenizer.Whitespace, questions.Lines(question), questions.Lines((question + 1) % Activity.Questions), new VocabularyOptions { MaximumSize = 60 });
        return $"{Bits.Of(trained.Result.Weights)} {string.Join(' ', trained.Result.Epochs.Select(epoch => Bits.Of(epoch.TrainingPerplexity)))}"
            + $" {trained.Model.NextWord(questions.Line(question))}";
    }

    private static string Session(TrainingOptions options, int question)
    {
        var weights = WeightInitialization.Create(options.ShapeFor(60), options.Seed);
        using var session = new ManagedEngine().Start(weights, options);
        var window = new Window(options.BatchSize, options.Window) { Length = options.Window, TargetCount = options.BatchSize * options.Window };
        var random = new Random(question);
        foreach (ref var id in window.Inputs) id = random.Next(60);
        foreach (ref var id in window.Targets) id = random.Next(60);
        var (first, second) = (session.Train(window, 0.1), session.Train(window, 0.1));
        session.ReadWeights(weights);
        return $"{Bits.Of(first.Loss)} {Bits.Of(second.Loss)} {Bits.Of(second.GradientNorm)} {Bits.Of(weights)}";
    }

    /// <summary>Options of each cell, optimizer and softmax there is; a question is trained on as many threads whenever it is asked.</summary>
    private static TrainingOptions Options(int question) => new()
    {
        Cell = Cells[question % Cells.Length],
        Layers = 1 + (question % 2),
        EmbeddingSize = 8,
        HiddenSize = 8,
        BatchSize = 3,
        Window = 5,
        Epochs = 2,
        Seed = question,
        Threads = 1 + (question % 2),
        Optimizer = (question % 3) switch { 0 => new Sgd(), 1 => new Adam(), _ => new AdamW() },
        Softmax = (question / 4) switch { 0 => new FullSoftmax(), 1 => new SampledSoftmax { Samples = 20 }, _ => new AdaptiveSoftmax { Cutoffs = [10, 30] } },
        BatchMode = question % 4 == 3 ? BatchMode.Rows : BatchMode.Streams,
    };
}

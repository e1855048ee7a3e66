using System.Text.Json;
using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>The history of one run, written as it happens. A line that cannot be written never ends training.</summary>
/// <param name="path">The file.</param>
/// <param name="files">The file system.</param>
/// <param name="interval">The least time between two lines of windows; where the run is long, a hundredth of it.</param>
/// <param name="clock">The time of the run.</param>
/// <param name="time">The time of day.</param>
/// <param name="progress">Who is told of faults.</param>
internal sealed class RunHistory(string path, FileSystem files, TimeSpan interval, RunClock clock, TimeProvider time, ProgressReporter progress)
{
    // As many lines for the tenth hour as for the first ten minutes would be of no use.
    private const double LeastShare = 0.01;

    private readonly HistoryFile file = new(path, files);
    private TimeSpan last;
    private double lossBefore; // of the epoch, when the last line was written
    private long wordsBefore;
    private bool isTold;

    /// <summary>Why it is not all on the disk; null where it is.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Begins the history of a run that begins; a file that is there is replaced.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Begin(TrainingStarted started)
    {
        ThrowIfAny(file.Begin(HistoryLine.Started(started, time.GetUtcNow())));
    }

    /// <summary>Goes on with the history of a run that goes on: what was written after its checkpoint is cut off, and what is missing before is added.</summary>
    /// <param name="started">What is told of the run.</param>
    /// <param name="step">The windows trained until the checkpoint.</param>
    /// <param name="epochs">The epochs that had their results by then.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Resume(TrainingStarted started, long step, IReadOnlyList<EpochResult> epochs)
    {
        var before = new LinesBefore(started, step, epochs.Count);
        if (!Continue()) Begin(started);
        var words = 0L;
        var elapsed = TimeSpan.Zero;
        foreach (var epoch in epochs)
        {
            (words, elapsed) = (words + epoch.Words, elapsed + epoch.Duration);
            if (epoch.Epoch > before.Epochs) ThrowIfAny(file.Append(HistoryLine.Point(HistoryEvent.Epoch, PointOf(epoch, elapsed, words, step: null), epoch.IsBest)));
        }
        last = clock.Elapsed;
        ThrowIfAny(file.Append(HistoryLine.Resumed(clock.Elapsed, step, time.GetUtcNow())));

        bool Continue()
        {
            try
            {
                return file.Continue(before.IsOne);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                ThrowIfAny(fault);
                return false;
            }
        }
    }

    private void ThrowIfAny(Exception? fault)
    {
        if (fault is not null) throw new IOException($"\"{path}\" cannot be written: {fault.Message}", fault);
    }

    /// <summary>Goes on from the words of an epoch that were trained before the checkpoint.</summary>
    public void GoOnWithin(EpochInProgress epoch) => (lossBefore, wordsBefore) = (epoch.Loss, epoch.Words);

    /// <summary>Adds the windows since the last line, where it is time for it.</summary>
    public void WindowTrained(EpochInProgress epoch, long step, long wordsBeforeEpoch, double learningRate)
    {
        var elapsed = clock.Elapsed;
        var least = elapsed * LeastShare;
        if (elapsed - last < (least > interval ? least : interval)) return;
        last = elapsed;
        var point = new HistoryPoint
        {
            Elapsed = elapsed,
            Epochs = epoch.Number - 1 + epoch.Share,
            Words = wordsBeforeEpoch + epoch.Words,
            Step = step,
            TrainingPerplexity = Math.Exp((epoch.Loss - lossBefore) / (epoch.Words - wordsBefore)),
            LearningRate = learningRate,
        };
        GoOnWithin(epoch);
        Append(HistoryLine.Point(HistoryEvent.Window, point));
    }

    /// <summary>Adds the validation of the model that training goes on from.</summary>
    public void Add(InitialModelValidated initial) => Append(HistoryLine.Point(HistoryEvent.Initial, new HistoryPoint
    {
        Elapsed = initial.Elapsed,
        Epochs = 0,
        Words = 0,
        Step = 0,
        ValidationPerplexity = initial.ValidationPerplexity,
    }));

    /// <summary>Adds an epoch.</summary>
    /// <param name="epoch">Its result.</param>
    /// <param name="step">The windows trained until its end.</param>
    /// <param name="words">The words trained on until its end, over all epochs.</param>
    public void Add(EpochResult epoch, long step, long words)
    {
        (lossBefore, wordsBefore) = (0, 0);
        Append(HistoryLine.Point(HistoryEvent.Epoch, PointOf(epoch, clock.Elapsed, words, step), epoch.IsBest));
    }

    /// <summary>Adds how the run ended.</summary>
    public void End(StopReason reason, TrainingResult? result, string? fault = null)
        => Append(HistoryLine.Ended(clock.Elapsed, reason, result?.BestEpoch, result?.BestValidationPerplexity, fault));

    private void Append(byte[] line)
    {
        Fault = file.Append(line);
        if (Fault is not null && !isTold) progress.Report(new HistoryFailed { Elapsed = clock.Elapsed, Path = path, Fault = Fault });
        isTold = Fault is not null;
    }

    private static HistoryPoint PointOf(EpochResult epoch, TimeSpan elapsed, long words, long? step) => new()
    {
        Elapsed = elapsed,
        Epochs = epoch.Epoch - 1 + epoch.Share,
        Words = words,
        Step = step,
        TrainingPerplexity = epoch.TrainingPerplexity,
        ValidationPerplexity = epoch.ValidationPerplexity,
        LearningRate = epoch.LearningRate,
        IsEpoch = true,
    };

    /// <summary>Tells the lines of a run, as far as its checkpoint, from all others.</summary>
    private sealed class LinesBefore(TrainingStarted started, long step, int epochs)
    {
        private bool isStarted;

        /// <summary>The epochs that have been seen.</summary>
        public int Epochs { get; private set; }

        /// <summary>Whether the next line is one.</summary>
        public bool IsOne(JsonElement line)
        {
            var kind = HistoryEvents.Of(line.GetProperty(HistoryNames.Event).GetString() ?? "");
            if (!isStarted) return isStarted = kind == HistoryEvent.Started && IsOfRun(line);
            return kind switch
            {
                HistoryEvent.Initial => true,
                HistoryEvent.Window or HistoryEvent.Resumed => line.GetProperty(HistoryNames.Step).GetInt64() <= step,
                HistoryEvent.Epoch => ++Epochs <= epochs,
                _ => false,
            };
        }

        private bool IsOfRun(JsonElement line)
        {
            var options = line.GetProperty(HistoryNames.Options).EnumerateObject().ToDictionary(option => option.Name, option => option.Value.GetString()!);
            return line.GetProperty(HistoryNames.CorpusWords).GetInt64() == started.CorpusWords
                && line.GetProperty(HistoryNames.Parameters).GetInt64() == started.ParameterCount
                && RunIdentity.Differences(options, started.Options).All(difference => Resumption.MayChange.Contains(difference.Name));
        }
    }
}

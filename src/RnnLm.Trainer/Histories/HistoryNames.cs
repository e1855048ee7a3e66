namespace RnnLm.Training;

/// <summary>The names in the lines of a history.</summary>
internal static class HistoryNames
{
    public const string Event = "event";
    public const string Format = "format";
    public const string FormatName = "rnnlm-history";
    public const string Version = "formatVersion";
    public const int NewestVersion = 1;

    public const string Time = "time";
    public const string Library = "library";
    public const string Engine = "engine";
    public const string Processor = "processor";
    public const string Shape = "shape";
    public const string Parameters = "parameters";
    public const string Vocabulary = "vocabulary";
    public const string CorpusWords = "corpusWords";
    public const string ValidationWords = "validationWords";
    public const string Options = "options";

    public const string Seconds = "seconds";
    public const string Epoch = "epoch";
    public const string Epochs = "epochs";
    public const string Words = "words";
    public const string Step = "step";
    public const string TrainingPerplexity = "trainingPerplexity";
    public const string ValidationPerplexity = "validationPerplexity";
    public const string Perplexity = "perplexity"; // of a program that has one measure
    public const string LearningRate = "learningRate";
    public const string IsBest = "best";

    public const string StopReason = "stopReason";
    public const string BestEpoch = "bestEpoch";
    public const string Fault = "fault";
}

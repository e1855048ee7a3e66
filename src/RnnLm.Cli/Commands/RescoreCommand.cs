using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Rescoring;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm rescore MODEL [NBEST]</c></summary>
sealed class RescoreCommand(Terminal terminal, CancellationToken cancellation)
{
    private const string Tsv = "tsv";
    private const string JsonFormat = "json";
    private const string Kaldi = "kaldi";
    private const string Trn = "trn";

    private static readonly (string Name, NBestFormat Format)[] FormatNames =
    [
        (Tsv, NBestFormat.TabSeparated), (JsonFormat, NBestFormat.JsonLines), (Kaldi, NBestFormat.Kaldi), (Trn, NBestFormat.Trn),
    ];

    private readonly FlagSet flags = new();
    private readonly RescoringOptions options = new();
    private string modelPath = "";
    private string? path;
    private string[] scorePaths = [];
    private NBestFormat format = NBestFormat.TabSeparated;
    private NBestFormat? outputFormat;
    private string? outputScores;
    private string? referencesPath;
    private ErrorUnit unit = ErrorUnit.Words;
    private bool isWeighted;
    private bool bestOnly;
    private bool json;
    private bool hasChecked;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.InputFiles("NBEST", "The n-best lists: a UTF-8 file; - and no file mean standard input.", ArgumentArity.ZeroOrOne, value => path = value.FirstOrDefault());
        var formats = flags.Choice(
            "--format", "What NBEST is: tsv, a line a hypothesis of utterance, scores and words with tabs between; json, an object a list; Kaldi's text archives; SCLITE's trn.",
            Tsv, FormatCases(value => format = value));
        flags.InputFilesFlag("--scores", "The files of the hypotheses' own scores, such as utt-1 12.3.", value => scorePaths = value).GoesWithAny(formats, Kaldi, Trn);
        flags.Switch("--costs", "The hypotheses' own scores are costs: the less the better. Kaldi's always are.", () => options.Scores = HypothesisScoreKind.Cost)
            .DoesNotGoWith(formats, Kaldi, "its scores are costs");
        flags.Value("--weight", "The weight of the language model's log-probability.", Values.Fraction, options.LanguageModelWeight,
            value => (options.LanguageModelWeight, isWeighted) = (value, true), nameof(options.LanguageModelWeight));
        flags.Value("--penalty", "The word-insertion penalty, taken off for each word.", Values.Fraction, options.WordInsertionPenalty,
            value => (options.WordInsertionPenalty, isWeighted) = (value, true), nameof(options.WordInsertionPenalty));
        foreach (var (name, its) in FormatNames) flags.Calls(its.ToString(), name);
        flags.Optional("--score-weights", "The weights of the hypotheses' own scores, such as 0.1,1. [default: 1 each]", Values.Fractions,
            value => options.ScoreWeights = value, nameof(options.ScoreWeights));
        var unknown = flags.Choice("--unknown", "What a word outside the vocabulary adds: its probability as unknown word, nothing, or a fixed log-probability.", "counted", new()
        {
            ["counted"] = () => options.Scoring.UnknownWords = UnknownWordPolicy.Counted,
            ["excluded"] = () => options.Scoring.UnknownWords = UnknownWordPolicy.Excluded,
            ["penalized"] = () => options.Scoring.UnknownWords = UnknownWordPolicy.Penalized,
        });
        flags.Value("--unknown-log-probability", "That log-probability, in nats.", Values.Fraction, options.Scoring.UnknownWordLogProbability,
            value => options.Scoring.UnknownWordLogProbability = value, nameof(options.Scoring.UnknownWordLogProbability)).GoesWith(unknown, "penalized");
        flags.Switch("--conversation", "Score each list after the best hypotheses of those before it.", () => options.CarryState = true);
        flags.InputFileFlag("--tune", "What was really said, a line an utterance: in tsv its name, a tab and the words; in json an object of \"utterance\" and \"reference\"; in kaldi name and words; in trn words and (name). Find the weight and the penalty with the fewest errors, and rescore with them.",
            value => referencesPath = value);
        flags.Switch("--characters", "Count errors in characters instead of words.", () => unit = ErrorUnit.Characters);
        flags.Choice("--output-format", "What is written. [default: as --format]", null, FormatCases(value => outputFormat = value));
        flags.OutputFileFlag("--output-scores", [], "The file for the new scores, of formats that have them apart.", value => outputScores = value, isRequired: false);
        flags.Switch("--best-only", "Write the best hypothesis of each list alone, as a transcript.", () => bestOnly = true);
        flags.Check(options.Validate);
        flags.Check(CheckCombinations);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm rescore model.rnnlm nbest.tsv --weight 0.5",
            "rnnlm rescore model.rnnlm nbest.tsv --tune said.tsv --best-only");
        return flags.ToCommand("rescore", "Puts n-best lists of a speech recogniser or a translator into a new order, in which a model has a say.", Run);
    }

    private static Dictionary<string, Action> FormatCases(Action<NBestFormat> set) => FormatNames.ToDictionary(named => named.Name, named => (Action)(() => set(named.Format)));

    private void CheckCombinations()
    {
        if (format == NBestFormat.Kaldi) options.Scores = HypothesisScoreKind.Cost;
        var written = outputFormat ?? format;
        if (referencesPath is not null && isWeighted) throw new UsageException("--tune finds --weight and --penalty; leave them out.");
        if (referencesPath is not null && options.CarryState) throw new UsageException("--tune does not go with --conversation: what is said before would change with the weights.");
        if (unit == ErrorUnit.Characters && referencesPath is null) throw new UsageException("--characters goes with --tune, which counts errors.");
        if (json && outputFormat is not null) throw new UsageException("--json is a form of its own; --output-format does not go with it.");
        if (outputScores is null) return;
        if (json || bestOnly) throw new UsageException($"--output-scores is for lists; it does not go with {(json ? "--json" : "--best-only")}.");
        if (written is NBestFormat.TabSeparated or NBestFormat.JsonLines)
            throw new UsageException($"--output-scores goes with the formats kaldi and trn; {(written == NBestFormat.JsonLines ? JsonFormat : Tsv)} has scores in its lines.");
    }

    private int Run()
    {
        var lists = new NBestInput(format, path, scorePaths);
        var ngrams = NGramInput.LoadToRead(modelPath, terminal, cancellation);
        if (ngrams is not null && options.CarryState)
            throw new UsageException($"--conversation goes with a network; {Printable.Quotation(modelPath)} is an n-gram model, which remembers nothing beyond a line.");
        var model = ngrams is null ? LanguageModel.Load(modelPath, cancellation) : null;
        var batch = new BatchOptions { CancellationToken = cancellation };
        using var output = new RescoredOutput(terminal, cancellation, outputFormat ?? format, options.Scores, outputScores) { BestOnly = bestOnly, Json = json };
        if (referencesPath is not null)
        {
            NBestList[] all = [.. WithReferences(lists.ReadAvailable(terminal, cancellation).SelectMany(Checked), referencesPath)];
            var tuning = new RescoringTuningOptions { Rescoring = options, Unit = unit, Batch = batch };
            var result = ngrams?.TuneRescoring(all, tuning) ?? model!.TuneRescoring(all, tuning);
            output.Tell(result);
            output.Write(ngrams?.RescoreMany(all, result.Options, cancellation) ?? model!.RescoreMany(all, result.Options, batch));
        }
        else
        {
            var rescore = ngrams is not null ? some => ngrams.RescoreMany(some, options, cancellation)
                : options.CarryState ? new Conversations(model!, options, batch).Rescore
                : (Func<IReadOnlyList<NBestList>, IReadOnlyList<RescoredList>>)(some => model!.RescoreMany(some, options, batch));
            foreach (var available in lists.ReadAvailable(terminal, cancellation))
            {
                output.Write(rescore(Checked(available)));
                // Whoever sends list after list waits for these answers.
                terminal.Out.Flush();
            }
        }
        output.Finish();
        return ExitCode.Done;
    }

    /// <summary>Lists as they are, where the first that has hypotheses has a score for each of the weights that are given: nothing is written before.</summary>
    /// <exception cref="UsageException">It has not.</exception>
    private IReadOnlyList<NBestList> Checked(IReadOnlyList<NBestList> lists)
    {
        if (!hasChecked && lists.FirstOrDefault(list => list.Hypotheses.Count > 0) is { } first)
        {
            flags.Suit(() => ScoreParts.WeightsOf(options, first));
            hasChecked = true;
        }
        return lists;
    }

    private IEnumerable<NBestList> WithReferences(IEnumerable<NBestList> all, string references)
    {
        var said = NBestLists.ReadTranscripts(references, format);
        return all.Select(list => list.WithReference(said.GetValueOrDefault(list.Utterance)
            ?? throw new InvalidDataException($"{Printable.Quotation(references)} has no transcript of the utterance {Printable.Quotation(list.Utterance)}.")));
    }

    /// <summary>Conversations that are under way.</summary>
    private sealed class Conversations(LanguageModel model, RescoringOptions options, BatchOptions batch)
    {
        private readonly Dictionary<string, RecurrentState> states = [];

        public IReadOnlyList<RescoredList> Rescore(IReadOnlyList<NBestList> lists) => [.. lists.Select(Rescore)];

        private RescoredList Rescore(NBestList list)
        {
            var name = list.Conversation is null ? "" : $"={list.Conversation}";
            if (!states.TryGetValue(name, out var state)) states.Add(name, state = model.Start());
            return model.Rescore(list, state, options, batch);
        }
    }
}

using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Faults;
using RnnLm.Filling;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Fills the gap of a row: row, candidates → filled text, what it was filled with, shares.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class FillMapping : CustomMappingFactory<FillMapping.Input, FillMapping.Output>
{
    private const string Contract = "RnnLm.Fill.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => input.Fill(output);

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private static readonly BatchOptions OneThread = new() { Threads = 1 };

        private readonly ModelCursor cursor = new();
        private LanguageModelPayload? current;
        private GapFiller? filler;

        [ColumnName(PrivateColumns.RowTexts)]
        public VBuffer<ReadOnlyMemory<char>> Row
        {
            get;
            set
            {
                field = value;
                FillIn();
            }
        }

        [ColumnName(PrivateColumns.Candidates)]
        public VBuffer<ReadOnlyMemory<char>> Candidates { get; set; }

        [ColumnName(PrivateColumns.Payload)]
        public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }

        internal void Fill(Output output)
        {
            var payload = cursor.Begin(Payload, out var state);
            var (model, options) = (payload.Model, payload.Columns.Filling);
            var gap = FindGap(payload, new GapMark(options.GapMark), out var text);
            if (!ReferenceEquals(payload, current)) (filler, current) = (model.CreateGapFiller(options, OneThread), payload);
            var filled = gap is null ? null : filler!.Fill(gap, CandidatesFor(options, text), state);
            output.Set(filled, text, options.CountOf(model.Vocabulary.Count));
        }

        private Gap? FindGap(LanguageModelPayload payload, GapMark mark, out string text)
        {
            var model = payload.Model;
            if (payload.Input == InputKind.Text)
            {
                text = RowText.TextOf(Row);
                return GapInText.Find(model.Tokenizer, model.Vocabulary, text, mark);
            }
            var words = RowText.WordsOf(Row, payload);
            text = model.Tokenizer.JoinWords(words);
            return GapInWords.Find(model.Tokenizer, model.Vocabulary, words, mark);
        }

        private IReadOnlyList<string>? CandidatesFor(FillColumnOptions options, string text)
        {
            if (options.CandidatesColumnName is not { } column) return options.Candidates;
            var candidates = new List<string>();
            foreach (var candidate in Candidates.GetValues())
                if (!candidate.IsEmpty) candidates.Add(candidate.ToString());
            return candidates.Count > 0
                ? candidates
                : throw new InvalidOperationException($"The text {Quotation.Of(text)} has a gap, and the column {Quotation.Of(column)} no candidate for it; give it one at least.");
        }
    }

    internal sealed class Output : FilledParts
    {
        private ReadOnlyMemory<char>[] words = [];
        private float[] probabilities = [];

        [ColumnName(PrivateColumns.Prefix + nameof(FilledText))]
        public ReadOnlyMemory<char> FilledText { get; set; }

        /// <summary>Overwrites the row.</summary>
        /// <param name="filled">What the gap was filled with; null where there was none.</param>
        /// <param name="text">The text as it was.</param>
        /// <param name="size">The size of the vectors.</param>
        internal void Set(FilledGap? filled, string text, int size)
        {
            Array.Resize(ref words, size);
            Array.Resize(ref probabilities, size);
            for (var i = 0; i < size; i++)
            {
                var isFilled = i < filled?.Count;
                words[i] = isFilled ? filled![i].Words.AsMemory() : default;
                probabilities[i] = isFilled ? (float)filled![i].Probability : 0;
            }
            Set(words);
            Set(probabilities);
            FilledText = (filled?.Text ?? text).AsMemory();
        }
    }
}

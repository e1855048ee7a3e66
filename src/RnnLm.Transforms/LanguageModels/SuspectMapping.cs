using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Filling;
using RnnLm.Scoring;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Finds the word of a row that looks most like a mistake: row → word, position, log-odds, better word.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SuspectMapping : CustomMappingFactory<SuspectMapping.Input, SuspectMapping.Output>
{
    private const string Contract = "RnnLm.Suspect.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.Set(input.Find());

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private static readonly BatchOptions OneThread = new() { Threads = 1 };

        private readonly ModelCursor cursor = new();
        private LanguageModelPayload? current;
        private ISuspectFinder? finder;

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

        [ColumnName(PrivateColumns.Payload)]
        public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }

        internal SuspectWord? Find()
        {
            var payload = cursor.Begin(Payload, out var state);
            var model = payload.Model;
            if (!ReferenceEquals(payload, current)) (finder, current) = (model.CreateSuspectFinder(payload.Columns.Suspects, OneThread), payload);
            var encoder = new TextEncoder(model.Tokenizer, model.Vocabulary, CancellationToken.None);
            if (payload.Input == InputKind.Text) encoder.AddText(RowText.TextOf(Row));
            else foreach (var word in model.Tokenizer.WordsOf(RowText.WordsOf(Row, payload))) encoder.Add(word);
            var found = finder!.Find(encoder.Build(withEndOfLine: false), state, 1);
            return found.Count == 0 ? null : found[0];
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(SuspectWord))]
        public ReadOnlyMemory<char> SuspectWord { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(SuspectPosition))]
        public int SuspectPosition { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(SuspectLogOdds))]
        public float SuspectLogOdds { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(SuspectAlternative))]
        public ReadOnlyMemory<char> SuspectAlternative { get; set; }

        internal void Set(SuspectWord? suspect)
        {
            SuspectWord = suspect?.Word.AsMemory() ?? default;
            SuspectPosition = suspect?.Position ?? -1;
            SuspectLogOdds = (float)(suspect?.LogOdds ?? 0);
            SuspectAlternative = suspect?.Alternatives[0].Word.AsMemory() ?? default;
        }
    }
}

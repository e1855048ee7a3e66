using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Suggests what comes next in texts that are being typed: text → suggestions with their probabilities.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SuggestionsMapping : CustomMappingFactory<SuggestionsMapping.Input, SuggestionsMapping.Output>
{
    private const string Contract = "RnnLm.Suggestions.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.Set(input.Suggest(out var count), count);

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();
        private LanguageModelPayload? current;
        private TypingSession? session;

        [ColumnName(PrivateColumns.Text)]
        public ReadOnlyMemory<char> Text
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

        /// <summary>Suggests for the row. Its line breaks are white space, as they are for every column.</summary>
        internal IReadOnlyList<Suggestion> Suggest(out int count)
        {
            var payload = reader.Read(Payload);
            if (!ReferenceEquals(payload, current) || session is null)
            {
                session = payload.Model.StartTyping(new TypingOptions { Suggestions = payload.Columns.Suggestions, Learn = false });
                current = payload;
            }
            count = payload.Columns.Suggestions.Count;
            session.Clear();
            session.Type(Text.ToString().ReplaceLineEndings(" "));
            return session.Suggestions;
        }
    }

    internal sealed class Output : SuggestionParts
    {
        private ReadOnlyMemory<char>[] texts = [];
        private float[] probabilities = [];

        /// <summary>Overwrites the row.</summary>
        /// <param name="suggestions">The suggestions.</param>
        /// <param name="size">The size of the vectors; where there are fewer suggestions, empty ones of probability 0 fill them up.</param>
        internal void Set(IReadOnlyList<Suggestion> suggestions, int size)
        {
            Array.Resize(ref texts, size);
            Array.Resize(ref probabilities, size);
            for (var i = 0; i < size; i++)
            {
                texts[i] = i < suggestions.Count ? suggestions[i].Text.AsMemory() : default;
                probabilities[i] = i < suggestions.Count ? (float)suggestions[i].Probability : 0;
            }
            Set(texts, probabilities);
        }
    }
}

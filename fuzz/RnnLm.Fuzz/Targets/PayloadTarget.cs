using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Pipelines;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Tokenizing;
using RnnLm.Transforms.Vocabularies;

namespace RnnLm.Fuzz.Targets;

/// <summary>The text that carries a model, a tokenizer or a vocabulary through a pipeline.</summary>
internal sealed class PayloadTarget : FuzzTarget
{
    public override string Name => "payload";

    public override string Summary => "payloads of a pipeline, of both kinds, as text";

    public override IMutation Mutation { get; } = new MixedMutation(PayloadMutation.Instance, percentOfBytes: 5);

    /// <summary>One payload of each kind.</summary>
    public static IEnumerable<(string Name, string Settings, Action<Stream> Write)> Payloads()
    {
        yield return Of("language-model", new LanguageModelPayload(TinyModels.Create(CellKind.Lstm), InputKind.Text, TinyPipelines.AllColumns()));
        yield return Of("quantized-next-word", new LanguageModelPayload(TinyModels.Create(CellKind.Gru).Quantize(), InputKind.Keys, new LanguageModelColumns()));
        yield return Of("special-words-alone", new LanguageModelPayload(TinyModels.Create(CellKind.Relu, words: []), InputKind.Words, new LanguageModelColumns { Exclude = SpecialWords.None }));
        yield return Of("subwords", new TokenizerPayload(TinyModels.Subwords));
        yield return Of("tokenizer", new TokenizerPayload(Tokenizer.Text(lowerCase: true, NumberClass.Word)));
        yield return Of("vocabulary", new VocabularyPayload(new Vocabulary(["<unk>", "<eos>", "a"]), 3));

        static (string, string, Action<Stream>) Of<T>(string name, T payload) where T : class, IPayload<T> => (name, payload.Settings, payload.WriteContent);
    }

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        foreach (var (name, settings, write) in Payloads())
        {
            using var content = new MemoryStream();
            write(content);
            yield return (name, PayloadMutation.BytesOf(CarriedPayload.Write(settings, write)));
            yield return ($"{name}-base64", PayloadMutation.BytesOf(PayloadMutation.Base64(settings, content.ToArray())));
        }
    }

    public override void Read(byte[] input)
    {
        var payload = CarriedPayload.Read(PayloadMutation.PiecesOf(input));
        using var content = new MemoryStream();
        payload.Content.CopyTo(content);
        var written = string.Concat(CarriedPayload.Write(payload.Settings, stream => stream.Write(content.ToArray())));
        var again = CarriedPayload.Read([written.AsMemory()]);
        FaultException.Require(again.Settings == payload.Settings && again.Content.Length - again.Content.Position == content.Length, "a payload is another after it was written");
        ReadEveryKind(payload.Settings, content.ToArray(), this);
    }

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException or ModelFormatException;

    /// <summary>Makes the object of each kind of payload; at most one can be made.</summary>
    public static void ReadEveryKind(string settings, byte[] content, FuzzTarget target)
    {
        var refusals = new List<Exception>();
        Try(() => Use(LanguageModelPayload.Read(settings, new MemoryStream(content))));
        Try(() => Use(TokenizerPayload.Read(settings, Stream.Null)));
        Try(() => Use(VocabularyPayload.Read(settings, Stream.Null)));
        FaultException.Require(refusals.Count >= 2, "settings are of two kinds");
        if (refusals.Count == 3) throw refusals[0];

        void Try(Action read)
        {
            try
            {
                read();
            }
            catch (Exception exception) when (target.IsDocumented(exception))
            {
                refusals.Add(exception);
            }
        }
    }

    private static void Use(LanguageModelPayload payload)
    {
        FaultException.Require(Enum.IsDefined(payload.Input), "the input is of no kind that there is");
        FaultException.Require(payload.NextWordCount > 0, "there is no next word");
        ModelWorkout.Of(payload.Model);
        var state = payload.Model.Start();
        try
        {
            _ = payload.NextWord(state);
            _ = payload.Model.NextWords(state, payload.NextWordCount, payload.Columns.Exclude);
        }
        catch (NotFiniteNumberException)
        {
            // Weights that are finite may give what is not, which is documented.
        }
        AssertSettingsComeBack(payload);
    }

    private static void Use(TokenizerPayload payload)
    {
        _ = payload.Tokenizer.Tokenize("A b, 12.5 c\u0301");
        AssertSettingsComeBack(payload);
    }

    private static void Use(VocabularyPayload payload)
    {
        FaultException.Require(payload.Size >= 0, "a size is below zero");
        FaultException.Require(payload.Vocabulary.All(word => word.Length > 0), "a word is empty");
        AssertSettingsComeBack(payload);
    }

    private static void AssertSettingsComeBack<T>(T payload) where T : class, IPayload<T>
    {
        using var content = new MemoryStream();
        payload.WriteContent(content);
        content.Position = 0;
        FaultException.Require(T.Read(payload.Settings, content).Settings == payload.Settings, "settings are others after they were written");
    }
}

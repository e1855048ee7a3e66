using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>The history of a training.</summary>
internal sealed class HistoryTarget : FuzzTarget
{
    public override string Name => "history";

    public override string Summary => "histories of trainings, lines of JSON";

    public override IMutation Mutation { get; } = new MixedMutation(JsonLinesMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("run", TinyTraining.History());
        yield return ("of-another-program", "{\"seconds\":60,\"perplexity\":300.5}\n{\"seconds\":120,\"validationPerplexity\":200,\"trainingPerplexity\":150,\"words\":7,\"epochs\":0.5,\"learningRate\":1}\n"u8.ToArray());
        yield return ("cut", "{\"event\":\"epoch\",\"seconds\":1,\"trainingPerplexity\":5}\n\n{\"event\":\"resumed\"}\n{\"event\":\"ended\",\"stopReason\":\"timeLim"u8.ToArray());
    }

    public override void Read(byte[] input)
    {
        var history = TrainingHistory.Read(new MemoryStream(input));
        FaultException.Require(history.Points.All(point => point.Elapsed >= TimeSpan.Zero), "a point lies before the beginning");
        FaultException.Require(history.Points.All(point => !(point.ValidationPerplexity < 1 || point.TrainingPerplexity < 1)), "a perplexity is below 1");
        FaultException.Require(history.Points.Count <= 1 + input.AsSpan().Count((byte)'\n') + input.AsSpan().Count((byte)'\r'), "there are more points than lines");
        FaultException.Require(history.Options.All(option => option.Value is not null), "an option has no value");
    }

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException;
}

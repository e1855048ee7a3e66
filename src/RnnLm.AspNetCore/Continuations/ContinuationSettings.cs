using System.Text.Json;

namespace RnnLm.AspNetCore;

/// <summary>How a request wants texts to be continued: what completions and chats have in common.</summary>
/// <param name="Sampling">How words are drawn; null takes the most probable one each time.</param>
/// <param name="MaximumTokens">The greatest number of tokens.</param>
/// <param name="Stops">Before what a continuation ends.</param>
/// <param name="Choices">How many continuations of each text.</param>
/// <param name="Streams">Whether they are told piece by piece.</param>
/// <param name="TellsUsage">Whether a stream ends with the number of tokens.</param>
/// <param name="StopAtEndOfLine">Whether a continuation ends with the line.</param>
internal sealed record ContinuationSettings(
    SamplingOptions? Sampling, int MaximumTokens, IReadOnlyList<string> Stops, int Choices, bool Streams, bool TellsUsage, bool StopAtEndOfLine)
{
    private const double GreatestTemperature = 2;
    private const int MostStops = 16;
    private const string AsTheModelHasThem = "words are drawn as the model has them";

    /// <summary>Reads the fields, and refuses what cannot be honoured.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="options">The limits.</param>
    /// <param name="maximumTokens">The greatest number of tokens, as far as is asked for.</param>
    /// <param name="usualTokens">What it is where none is asked for.</param>
    /// <exception cref="RefusedRequestException">A field is not right, or asks for what cannot be.</exception>
    public static ContinuationSettings Read(RequestFields fields, LanguageModelServerOptions options, int? maximumTokens, int usualTokens)
    {
        fields.Refuse("presence_penalty", IsZero, AsTheModelHasThem);
        fields.Refuse("frequency_penalty", IsZero, AsTheModelHasThem);
        fields.Refuse("logit_bias", value => value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any(), AsTheModelHasThem);
        fields.PassOver("user"); // who asks, which changes no answer
        var choices = fields.Whole("n", 1, options.MaximumTexts) ?? 1;
        var sampling = ReadSampling(fields);
        if (sampling is null && choices > 1) throw RefusedRequestException.Of("n", "must be 1 where 'temperature' is 0: there is one continuation of the most probable tokens.");
        string[] stops = fields.Texts("stop", MostStops) ?? [];
        if (stops.Contains("")) throw RefusedRequestException.Of("stop", "has an empty string, which every text begins with.");
        var streams = fields.Flag("stream") ?? false;
        return new ContinuationSettings(
            sampling, maximumTokens ?? Math.Min(usualTokens, options.MaximumTokens), stops, choices, streams, ReadStreamOptions(fields, streams), options.StopAtEndOfLine);
    }

    /// <summary>How one of the choices is made. Each has random numbers of its own, so that it is the same whether or not others are asked for beside it.</summary>
    public GenerationOptions OptionsOf(int choice, CancellationToken cancellationToken)
    {
        var options = new GenerationOptions { MaximumWords = MaximumTokens, StopAtEndOfLine = StopAtEndOfLine, CancellationToken = cancellationToken };
        if (Sampling is not null)
            options.Sampling = new SamplingOptions { Temperature = Sampling.Temperature, TopP = Sampling.TopP, Seed = Sampling.Seed is { } seed ? unchecked(seed + choice) : null };
        return options;
    }

    public static bool IsZero(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == 0;

    private static SamplingOptions? ReadSampling(RequestFields fields)
    {
        var temperature = fields.Number("temperature", 0, GreatestTemperature) ?? 1;
        var topP = fields.Number("top_p", 0, 1);
        var seed = fields.Long("seed");
        if (topP == 0) throw RefusedRequestException.Of("top_p", "must be above 0 and at most 1.");
        if (temperature > 0) return new SamplingOptions { Temperature = temperature, TopP = topP == 1 ? null : topP, Seed = seed is { } given ? SeedOf(given) : null };
        if (topP is not (null or 1)) throw RefusedRequestException.Of("top_p", "has no effect where 'temperature' is 0: the most probable token is taken each time.");
        return null;
    }

    private static int SeedOf(long seed) => seed is >= int.MinValue and <= int.MaxValue ? (int)seed : seed.GetHashCode();

    private static bool ReadStreamOptions(RequestFields fields, bool streams)
    {
        const string Name = "stream_options";
        if (fields.Any(Name) is not { } value) return false;
        if (!streams) throw RefusedRequestException.Of(Name, "goes with 'stream'.");
        if (value.ValueKind != JsonValueKind.Object) throw RefusedRequestException.Of(Name, "must be an object.");
        var own = new RequestFields(value);
        var tellsUsage = own.Flag("include_usage") ?? false;
        own.Refuse("include_obfuscation", option => option.ValueKind == JsonValueKind.False, "nothing is added to a stream");
        own.RefuseOthers();
        return tellsUsage;
    }
}

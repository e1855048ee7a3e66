using RnnLm.Faults;

namespace RnnLm.AspNetCore;

/// <summary>How a language model is served: what it is called, who may ask, and how much.</summary>
public sealed class LanguageModelServerOptions
{
    internal const string UsualModelId = "rnnlm";

    private const int MostProcessors = 1024;

    /// <summary>What the model is called in answers; a request for another is refused.</summary>
    /// <value>Null, the default, means the name of its file without the extension, and <c>rnnlm</c> for a model that comes from no file.</value>
    public string? ModelId { get; set; }

    /// <summary>What a request must have in its header <c>Authorization: Bearer …</c>. Health may be asked without.</summary>
    /// <value>Null, the default, lets everybody ask.</value>
    public string? ApiKey { get; set; }

    /// <summary>The greatest number of requests that are worked on or wait at once, at least 1; one more is refused with status 429.</summary>
    /// <value>The default is 256.</value>
    public int MaximumRequests { get; set; } = 256;

    /// <summary>On how many processors the network works at once, from 1 to 1,024: requests take turns on them.</summary>
    /// <value>Null, the default, means all that the machine has.</value>
    public int? Processors { get; set; }

    /// <summary>The greatest length of a request's body in bytes, at least 1; a longer one is refused with status 413.</summary>
    /// <value>The default is 1,048,576.</value>
    public int MaximumBodySize { get; set; } = 1 << 20;

    /// <summary>How long a request may take, its wait and its answer included; longer than zero. One that takes longer ends with status 408.</summary>
    /// <value>The default is a minute.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The greatest number of tokens of a text that is read, at least 1. A token is a word of the model's vocabulary: a word, or of a model of subwords a piece.</summary>
    /// <value>The default is 16,384.</value>
    public int MaximumPromptTokens { get; set; } = 16_384;

    /// <summary>The greatest <c>max_tokens</c> of a request, at least 1.</summary>
    /// <value>The default is 4,096.</value>
    public int MaximumTokens { get; set; } = 4096;

    /// <summary>The greatest number of texts of a request, at least 1: of prompts times choices, of texts to be scored or embedded.</summary>
    /// <value>The default is 256.</value>
    public int MaximumTexts { get; set; } = 256;

    /// <summary>Whether a continuation ends with the line. Where it does not, line follows line until another end.</summary>
    /// <value>The default is true.</value>
    public bool StopAtEndOfLine { get; set; } = true;

    /// <summary>How often it is looked whether the model's file has changed, longer than zero. One that has is loaded when it has been the same twice.</summary>
    /// <value>The default is a second; with null nobody looks, and <see cref="ServedLanguageModel.ReloadAsync"/> is the only way.</value>
    public TimeSpan? ReloadInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.Require(ModelId is not "", nameof(ModelId), "empty", "a name, or null");
        faults.Require(IsKey(ApiKey), nameof(ApiKey), "not as a header can have it", "of visible characters of ASCII, without white space, or null");
        faults.RequireAtLeast(nameof(MaximumRequests), MaximumRequests, 1);
        faults.RequireBetween(nameof(Processors), Processors, 1, MostProcessors);
        faults.RequireAtLeast(nameof(MaximumBodySize), MaximumBodySize, 1);
        faults.Require(IsTime(RequestTimeout), nameof(RequestTimeout), RequestTimeout, "longer than zero and at most a day");
        faults.RequireAtLeast(nameof(MaximumPromptTokens), MaximumPromptTokens, 1);
        faults.RequireAtLeast(nameof(MaximumTokens), MaximumTokens, 1);
        faults.RequireAtLeast(nameof(MaximumTexts), MaximumTexts, 1);
        faults.Require(ReloadInterval is not { } interval || IsTime(interval), nameof(ReloadInterval), ReloadInterval, "longer than zero and at most a day, or null");
        faults.ThrowIfAny(nameof(LanguageModelServerOptions));
    }

    internal LanguageModelServerOptions Clone() => (LanguageModelServerOptions)MemberwiseClone();

    private static bool IsTime(TimeSpan time) => time > TimeSpan.Zero && time <= TimeSpan.FromDays(1);

    private static bool IsKey(string? key) => key is null || (key.Length > 0 && key.All(character => character is > ' ' and < '\x7f'));
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RnnLm.Cli.Commands;

/// <summary>The option <c>--softmax</c>, and those that go with one kind of it: <c>--samples</c>, <c>--sampler</c> and <c>--cutoffs</c>.</summary>
sealed class SoftmaxOptions
{
    private const string Sampled = "sampled";
    private const string Adaptive = "adaptive";
    private const string LogUniform = "log-uniform";
    private const string Unigram = "unigram";

    public SoftmaxOptions()
    {
        var defaults = new SampledSoftmax();
        Softmax = new Option<string>("--softmax")
        {
            Description = "How words are learned. full: among all words. sampled: among some that are drawn, faster where there are many. "
                + "adaptive: rare words in clusters with less room each, faster and smaller where there are many.",
            DefaultValueFactory = _ => "full",
        }.AcceptOnlyFromAmong("full", Sampled, Adaptive);
        Samples = new Option<int>("--samples")
        {
            Description = "How many words a sampled softmax draws.",
            DefaultValueFactory = _ => defaults.Samples,
        };
        Sampler = new Option<string>("--sampler")
        {
            Description = "How they are drawn: by their rank in frequency, or as often as they occur.",
            DefaultValueFactory = _ => defaults.Sampler == SamplerKind.LogUniform ? LogUniform : Unigram,
        }.AcceptOnlyFromAmong(LogUniform, Unigram);
        Cutoffs = new Option<int[]>("--cutoffs")
        {
            Description = "Where the clusters of an adaptive softmax begin, such as 2000,10000: the most frequent 2,000 words are predicted at full size. "
                + "[default: a sixteenth and three tenths of the vocabulary]",
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = ParseNumbers,
        };
        GoesWith(Sampled, Samples);
        GoesWith(Sampled, Sampler);
        GoesWith(Adaptive, Cutoffs);
    }

    public Option<string> Softmax { get; }

    public Option<int> Samples { get; }

    public Option<string> Sampler { get; }

    public Option<int[]> Cutoffs { get; }

    public Softmax Read(ParseResult parsed) => parsed.GetRequiredValue(Softmax) switch
    {
        Sampled => new SampledSoftmax
        {
            Samples = parsed.GetValue(Samples),
            Sampler = parsed.GetRequiredValue(Sampler) == Unigram ? SamplerKind.Unigram : SamplerKind.LogUniform,
        },
        // An array that is not given would have no numbers in it.
        Adaptive => new AdaptiveSoftmax { Cutoffs = parsed.GetResult(Cutoffs) is null ? null : parsed.GetValue(Cutoffs) },
        _ => new FullSoftmax(),
    };

    private void GoesWith(string kind, Option option) => option.Validators.Add(result =>
    {
        if (!result.Implicit && result.GetValue(Softmax) != kind) result.AddError($"{option.Name} goes with --softmax {kind}.");
    });

    private static int[]? ParseNumbers(ArgumentResult argument)
    {
        var numbers = new List<int>();
        foreach (var text in argument.Tokens[0].Value.Split(','))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                argument.AddError($"\"{argument.Tokens[0].Value}\" is no list of whole numbers; write them with commas and no spaces, as in 2000,10000.");
                return null;
            }
            numbers.Add(number);
        }
        return [.. numbers];
    }
}

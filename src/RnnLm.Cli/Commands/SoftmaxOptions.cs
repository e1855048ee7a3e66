using System.CommandLine;
using RnnLm.Training;

namespace RnnLm.Cli.Commands;

/// <summary>The options <c>--softmax</c>, <c>--samples</c> and <c>--sampler</c>.</summary>
sealed class SoftmaxOptions
{
    private const string Sampled = "sampled";
    private const string LogUniform = "log-uniform";
    private const string Unigram = "unigram";

    public SoftmaxOptions(TrainingOptions defaults)
    {
        Softmax = new Option<string>("--softmax")
        {
            Description = "How words are learned: full compares with every word, sampled with some that are drawn, which is faster where there are many.",
            DefaultValueFactory = _ => "full",
        }.AcceptOnlyFromAmong("full", Sampled);
        Samples = new Option<int>("--samples")
        {
            Description = "How many words a sampled softmax draws.",
            DefaultValueFactory = _ => defaults.SampleCount,
        };
        Sampler = new Option<string>("--sampler")
        {
            Description = "How they are drawn: by their rank in frequency, or as often as they occur.",
            DefaultValueFactory = _ => defaults.Sampler == SamplerKind.LogUniform ? LogUniform : Unigram,
        }.AcceptOnlyFromAmong(LogUniform, Unigram);
        foreach (var option in new Option[] { Samples, Sampler })
        {
            option.Validators.Add(result =>
            {
                if (!result.Implicit && result.GetValue(Softmax) != Sampled)
                    result.AddError($"{option.Name} goes with --softmax {Sampled}; nothing is drawn otherwise.");
            });
        }
    }

    public Option<string> Softmax { get; }

    public Option<int> Samples { get; }

    public Option<string> Sampler { get; }

    public void Read(ParseResult parsed, TrainingOptions options)
    {
        options.Softmax = Enum.Parse<SoftmaxKind>(parsed.GetRequiredValue(Softmax), ignoreCase: true);
        options.SampleCount = parsed.GetValue(Samples);
        options.Sampler = parsed.GetRequiredValue(Sampler) == Unigram ? SamplerKind.Unigram : SamplerKind.LogUniform;
    }
}

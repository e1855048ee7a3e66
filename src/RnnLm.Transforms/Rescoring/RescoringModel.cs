namespace RnnLm.Transforms.Rescoring;

/// <summary>What rescores: a network, or an n-gram model.</summary>
/// <param name="Network">The network; null where it is an n-gram model.</param>
/// <param name="NGram">The n-gram model; null where it is a network.</param>
internal sealed record RescoringModel(LanguageModel? Network, NGramModel? NGram)
{
    /// <summary>What the settings call a network.</summary>
    public const string NetworkKind = "network";

    /// <summary>What the settings call an n-gram model.</summary>
    public const string NGramKind = "n-gram model";

    private static readonly BatchOptions OneThread = new() { Threads = 1 };

    public string Kind => Network is not null ? NetworkKind : NGramKind;

    public void Save(Stream stream)
    {
        if (Network is not null) Network.Save(stream);
        else NGram!.Save(stream);
    }

    /// <exception cref="InvalidDataException">There is no such kind.</exception>
    public static RescoringModel Load(string kind, Stream stream) => kind switch
    {
        NetworkKind => new RescoringModel(LanguageModel.Load(stream), null),
        NGramKind => new RescoringModel(null, NGramModel.Load(stream)),
        _ => throw new InvalidDataException($"This ML.NET model file is damaged: what rescores is a {kind}, which is not known."),
    };

    /// <summary>The new order of a row, on its own thread: ML.NET has threads for rows.</summary>
    public RescoredList Rescore(NBestList list, RescoringOptions options)
        => Network is not null ? Network.RescoreMany([list], options, OneThread)[0] : NGram!.Rescore(list, options);

    public RescoringTuningResult Tune(IEnumerable<NBestList> development, RescoringTuningOptions options)
        => Network is not null ? Network.TuneRescoring(development, options) : NGram!.TuneRescoring(development, options);
}

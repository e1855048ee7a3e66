using System.Diagnostics;

namespace RnnLm.Training;

/// <summary>One tuning of a model, from the network alone to all that there is together.</summary>
internal sealed class TuningRun
{
    private const double RateStep = 2;
    private const double FineRateStep = 1.41;
    private const double DecayStep = 4;
    private const double EpsilonStep = 3;
    private const double LeastGain = 0.0005; // of the perplexity, for which a walk goes on, and more is added to the network
    private const double Retreat = 0.1; // of a rate that makes predictions worse
    private const int MostRetreats = 5;

    private readonly LanguageModel bare; // the networks alone
    private readonly NGramModel? nGram;
    private readonly TokenStream text;
    private readonly TuningOptions options;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Dictionary<TuningKind, TuningCandidate> best = [];
    private readonly CancellationTokenSource end;

    /// <param name="model">The model.</param>
    /// <param name="text">The words that settings are tried on.</param>
    /// <param name="options">What is tried.</param>
    public TuningRun(LanguageModel model, TokenStream text, TuningOptions options)
    {
        this.text = text;
        this.options = options;
        nGram = options.NGram ?? model.NGram?.Model;
        bare = model.WithoutCache().WithoutNGram().WithoutDynamicEvaluation();
        end = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        if (options.TimeLimit is { } limit && limit.TotalMilliseconds < int.MaxValue) end.CancelAfter(limit); // what is longer than weeks is no limit
    }

    /// <summary>Tries everything there is time for.</summary>
    /// <exception cref="NotFiniteNumberException">The perplexity of the network alone is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was ended before anything was found.</exception>
    public TuningResult Run()
    {
        using var _ = end;
        var isComplete = true;
        // Something is found whatever the time allowed.
        var alone = bare.Evaluate(text, new EvaluationOptions { Threads = options.Threads, CancellationToken = options.CancellationToken });
        if (!double.IsFinite(alone.Perplexity))
            throw new NotFiniteNumberException(FormattableString.Invariant($"The network's cross-entropy is {alone.CrossEntropy:G4} nats a word, so its perplexity is beyond all numbers: train it anew before it is tuned."));
        Note(TuningKind.Network, bare, "", alone.Perplexity);
        try
        {
            if (options.TimeLimit <= watch.Elapsed) end.Cancel();
            end.Token.ThrowIfCancellationRequested();
            TryMixtures();
            if (options.Dynamic)
            {
                if (TryDynamic()) TryTogether();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            isComplete = false;
        }
        // What costs more at every word is to predict clearly better: some gain is found in any text, by chance.
        var chosen = best.OrderBy(kind => kind.Key).Aggregate((before, kind) => kind.Value.Perplexity < before.Value.Perplexity * (1 - LeastGain) ? kind : before);
        return new TuningResult
        {
            Model = chosen.Value.Model,
            Words = text.Count,
            Perplexities = best.ToDictionary(kind => kind.Key, kind => kind.Value.Perplexity),
            Best = chosen.Key,
            IsComplete = isComplete,
            Elapsed = watch.Elapsed,
        };
    }

    private void TryMixtures()
    {
        if (options.Cache) TryMixture(TuningKind.Cache, withCache: true, null);
        if (nGram is not null) TryMixture(TuningKind.NGram, withCache: false, nGram);
        if (options.Cache && nGram is not null) TryMixture(TuningKind.CacheAndNGram, withCache: true, nGram);
    }

    private void TryMixture(TuningKind kind, bool withCache, NGramModel? with)
    {
        var tuning = new MixtureTuningOptions { NGram = with, Threads = options.Threads, CancellationToken = end.Token };
        if (!withCache) tuning.CacheSizes = [];
        var found = bare.TuneMixture(text, tuning);
        var model = bare;
        if (found.Cache is { } cache) model = model.With(cache);
        if (found.NGram is { } interpolation) model = model.With(interpolation);
        Note(kind, model, string.Join("; ", new object?[] { found.Cache, found.NGram }.Where(setting => setting is not null)), found.Perplexity);
    }

    /// <summary>A walk from the default settings to better ones, a setting at a time.</summary>
    /// <returns>Whether any settings were of use: false where the weights grow beyond all bounds at every rate.</returns>
    private bool TryDynamic()
    {
        var scales = bare.Members.Count > 0
            ? null
            : DynamicEvaluator.MeasureScales(bare, (options.GradientText ?? text).Beginning(options.Words), options: OptionsForEvaluation());
        var settings = new DynamicEvaluation { Scales = scales };
        for (var retreats = 0; (Try(settings) == 0 || !IsBetter(TuningKind.Dynamic)) && retreats < MostRetreats; retreats++)
            settings = settings with { LearningRate = settings.LearningRate * Retreat };
        if (!best.ContainsKey(TuningKind.Dynamic)) return false;
        Walk(RateStep, (settings, factor) => settings with { LearningRate = settings.LearningRate * factor });
        Walk(DecayStep, (settings, factor) => settings with { Decay = Math.Min(1, settings.Decay * factor) });
        if (scales is not null) Walk(EpsilonStep, (settings, factor) => settings with { Epsilon = settings.Epsilon * factor });
        Walk(FineRateStep, (settings, factor) => settings with { LearningRate = settings.LearningRate * factor });
        return true;
    }

    /// <summary>Whether the best of a kind is better than the network alone.</summary>
    private bool IsBetter(TuningKind kind) => best.TryGetValue(kind, out var candidate) && candidate.Perplexity < best[TuningKind.Network].Perplexity;

    private void Walk(double step, Func<DynamicEvaluation, double, DynamicEvaluation> change)
        => Walk(step, factor => Try(change(best[TuningKind.Dynamic].Model.DynamicEvaluation!, factor)));

    /// <summary>Changes something by a factor as often as that is clearly better; where it is not better at once, by its inverse.</summary>
    private static void Walk(double step, Func<double, double> gainOf)
    {
        if (!GoesOn(step)) GoesOn(1 / step);

        bool GoesOn(double factor)
        {
            var isBetter = false;
            double gain;
            do
            {
                gain = gainOf(factor);
                isBetter |= gain > 0;
            }
            while (gain >= LeastGain);
            return isBetter;
        }
    }

    private double Try(DynamicEvaluation settings) => Try(TuningKind.Dynamic, bare.With(settings), settings.ToString());

    /// <summary>All together: what has been learned makes caches and n-gram models worth less than they are alone.</summary>
    private void TryTogether()
    {
        var mixtures = best.Where(kind => kind.Key is TuningKind.Cache or TuningKind.NGram or TuningKind.CacheAndNGram).ToList();
        if (mixtures.Count == 0) return;
        var model = mixtures.MinBy(kind => kind.Value.Perplexity).Value.Model.With(best[TuningKind.Dynamic].Model.DynamicEvaluation!);
        // Alone the rate may do that is too great for all together.
        for (var retreats = 0; TryTogether(model) == 0; model = ChangeRate(model, Retreat))
            if (retreats++ == MostRetreats) return;
        foreach (var change in new Func<LanguageModel, double, LanguageModel?>[] { ChangeCacheWeight, ChangeCacheSharpness, ChangeNGramWeight, ChangeRate })
        {
            Walk(1 / RateStep, factor => change(best[TuningKind.Together].Model, factor) is { } changed ? TryTogether(changed) : 0);
        }
    }

    private double TryTogether(LanguageModel model)
        => Try(TuningKind.Together, model, string.Join("; ", new object?[] { CacheOf(model), model.NGram, model.DynamicEvaluation }.Where(setting => setting is not null)));

    /// <summary>The cache of a model, or that which all members of an ensemble have.</summary>
    private static NeuralCache? CacheOf(LanguageModel model) => model.Members.Count > 0 ? model.Members[0].Cache : model.Cache;

    private static LanguageModel? ChangeCacheWeight(LanguageModel model, double factor)
        => CacheOf(model) is { } cache && cache.Weight * factor < 1 ? model.With(cache with { Weight = cache.Weight * factor }) : null;

    private static LanguageModel? ChangeCacheSharpness(LanguageModel model, double factor)
        => CacheOf(model) is { } cache ? model.With(cache with { Sharpness = cache.Sharpness * factor }) : null;

    private static LanguageModel? ChangeNGramWeight(LanguageModel model, double factor)
        => model.NGram is { } interpolation && interpolation.Weight * factor < 1 ? model.With(interpolation with { Weight = interpolation.Weight * factor }) : null;

    private static LanguageModel ChangeRate(LanguageModel model, double factor)
        => model.With(model.DynamicEvaluation! with { LearningRate = model.DynamicEvaluation!.LearningRate * factor });

    /// <summary>Tries a model.</summary>
    /// <returns>By what share its perplexity is below the best of its kind until now; 1 where it is the first, 0 where it is not below.</returns>
    private double Try(TuningKind kind, LanguageModel model, string settings)
    {
        var candidate = new TuningCandidate(model);
        var isDone = candidate.Run(text, best.GetValueOrDefault(kind), OptionsForEvaluation());
        return Note(kind, candidate, settings, isDone ? candidate.Perplexity : null);
    }

    private double Note(TuningKind kind, LanguageModel model, string settings, double perplexity)
        => Note(kind, new TuningCandidate(model) { Perplexity = perplexity }, settings, perplexity);

    private double Note(TuningKind kind, TuningCandidate candidate, string settings, double? perplexity)
    {
        var gain = perplexity is not { } reached || !double.IsFinite(reached) ? 0
            : !best.TryGetValue(kind, out var before) ? 1
            : Math.Max(0, 1 - (reached / before.Perplexity));
        var isBest = gain > 0;
        if (isBest) best[kind] = candidate;
        options.Progress?.Report(new TuningTrial(kind, settings, perplexity, isBest, watch.Elapsed));
        return gain;
    }

    private EvaluationOptions OptionsForEvaluation() => new() { Threads = options.Threads, CancellationToken = end.Token };
}

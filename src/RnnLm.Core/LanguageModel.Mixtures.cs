using RnnLm.Faults;
using RnnLm.Mixtures;
using RnnLm.Numerics;
using RnnLm.Persistence;
using RnnLm.Scoring;
using static System.FormattableString;

namespace RnnLm;

public sealed partial class LanguageModel
{
    private readonly Mixture? mixture; // null where the network's probabilities are the model's

    /// <summary>The cache that was added to the model; null where there is none. Of an ensemble each member has its own.</summary>
    public NeuralCache? Cache { get; }

    /// <summary>The interpolation with an n-gram model that was added to the model; null where there is none.</summary>
    public NGramInterpolation? NGram { get; }

    /// <summary>The models of an ensemble; none where the model is no ensemble.</summary>
    public IReadOnlyList<LanguageModel> Members { get; } = [];

    /// <summary>The share of each of <see cref="Members"/> in the probability; they sum to one.</summary>
    public IReadOnlyList<double> MemberWeights { get; } = [];

    /// <summary>Whether the model is more than its <see cref="Network"/>: it has a cache, an n-gram model or members.</summary>
    public bool IsMixture => Cache is not null || NGram is not null || Members.Count > 0;

    /// <summary>Makes an ensemble of models: the probability of a word is the mean of those that the models give, caches and n-gram models included.</summary>
    /// <param name="members">The models. They have the same words in the same order and the same tokenizer, and none is an ensemble itself.</param>
    /// <param name="weights">The weight of each, a finite number above 0; they are scaled to sum to one. Null means all alike.</param>
    /// <returns>The ensemble. Its <see cref="Network"/>, <see cref="Shape"/>, <see cref="Training"/> and embeddings are those of the first member. The dynamic evaluation
    /// of members is left out: an ensemble has its own, by <see cref="With(DynamicEvaluation)"/>.</returns>
    /// <exception cref="ArgumentException">
    /// There is no model, or more than 256; one is null or an ensemble; vocabularies or tokenizers differ, or there are not as many weights as models.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is no finite number above 0, or rounds to 0 beside the others.</exception>
    public static LanguageModel Ensemble(IReadOnlyList<LanguageModel> members, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count is 0 or > ModelMember.Most) throw new ArgumentException($"An ensemble has from 1 to {ModelMember.Most} models; {members.Count} are given.", nameof(members));
        weights ??= [.. Enumerable.Repeat(1.0, members.Count)];
        if (weights.Count != members.Count)
            throw new ArgumentException($"There are {weights.Count} weights for {members.Count} models; each has one.", nameof(weights));
        var (faults, sum) = (new OptionFaults(), 0.0);
        for (var i = 0; i < members.Count; i++)
        {
            CheckMember(members[0], members[i], i);
            faults.RequireFinite(weights[i] > 0, $"{nameof(weights)}[{i}]", weights[i], "above 0");
            sum += weights[i];
        }
        faults.ThrowIfAny(nameof(weights));
        if (!double.IsFinite(sum)) throw new ArgumentOutOfRangeException(nameof(weights), "The sum of the weights is no finite number; make them smaller.");
        for (var i = 0; i < members.Count; i++)
            faults.Require(weights[i] / sum > 0, $"{nameof(weights)}[{i}]", weights[i], Invariant($"so great a part of their sum, {sum}, that it does not round to 0"));
        faults.ThrowIfAny(nameof(weights));
        var first = members[0];
        return new LanguageModel(new ModelParts(first.Tokenizer, first.Vocabulary, first.Network, first.Training)
        {
            Members = [.. members.Select((member, index) => new ModelMember(member.Parts with { DynamicEvaluation = null }, weights[index] / sum))],
        });
    }

    /// <summary>Makes a model of this one with a cache, in place of the one that it has. Of an ensemble each member gets it.</summary>
    /// <param name="cache">The cache's settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public LanguageModel With(NeuralCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        cache.Validate();
        return WithCache(cache);
    }

    /// <summary>Makes a model of this one that is interpolated with an n-gram model, in place of the one that it has.</summary>
    /// <param name="interpolation">The n-gram model and its weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The n-gram model has other words.</exception>
    public LanguageModel With(NGramInterpolation interpolation)
    {
        ArgumentNullException.ThrowIfNull(interpolation);
        interpolation.Validate();
        return new LanguageModel(Parts with { NGram = interpolation.Part });
    }

    /// <summary>Makes a model of this one without a cache; of an ensemble no member has one then.</summary>
    public LanguageModel WithoutCache() => WithCache(null);

    /// <summary>Makes a model of this one without an n-gram model. Those of the members of an ensemble stay.</summary>
    public LanguageModel WithoutNGram() => new(Parts with { NGram = null });

    /// <summary>Makes a model of this one of its network alone, or of those of its members, which keep their weights: nothing that was added, to members neither.</summary>
    /// <param name="exceptCaches">Whether caches stay.</param>
    internal LanguageModel WithoutAdditions(bool exceptCaches = false)
    {
        return new LanguageModel(Without(Parts) with { Members = [.. Parts.Members.Select(member => member with { Model = Without(member.Model) })] });

        ModelParts Without(ModelParts parts) => parts with { Cache = exceptCaches ? parts.Cache : null, NGram = null, DynamicEvaluation = null };
    }

    /// <summary>The natural logarithm of the probability of every word to come next.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="destination">Receives the log-probabilities by word id: <c>[vocabulary]</c>.</param>
    /// <exception cref="ArgumentException">The destination's length is not the vocabulary's size, or the state belongs to another model.</exception>
    public void LogProbabilities(RecurrentState state, Span<float> destination)
    {
        Check(state);
        Network.Check(state, destination);
        if (mixture is null) Network.LogProbabilities(state, destination);
        else mixture.LogProbabilities(state, destination);
    }

    /// <summary>
    /// Finds the size, weight and sharpness of a cache and the weight of an n-gram model with which the model predicts a text best as one stream, both at once
    /// where both are wanted. What the model has of either is passed over. Weights are found by expectation maximisation. Of a text so long that what is to be
    /// kept of it would take more than 256 MiB, every second stretch is measured, or every third, and so on.
    /// </summary>
    /// <param name="validation">The text, in the model's vocabulary; one that the model has not been trained on.</param>
    /// <param name="options">What is added; a cache alone where null.</param>
    /// <returns>
    /// The settings, and what they reach, the same whatever the number of threads. <see cref="With(NeuralCache)"/> and <see cref="With(NGramInterpolation)"/> add
    /// them.
    /// </returns>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks; or the n-gram model has other words.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public MixtureTuningResult TuneMixture(TokenStream validation, MixtureTuningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(validation);
        options ??= new MixtureTuningOptions();
        options.Validate();
        StreamEvaluation.Check(Vocabulary.Count, validation.Ids);
        var bare = WithoutCache().WithoutNGram();
        var nGram = options.NGram is { } model ? new InterpolatedNGram(model.Table, model.Vocabulary, weight: 1, Vocabulary) : null;
        var search = new MixtureSearch(
            bare.mixture ?? new Mixture([new CachedNetwork(bare.Network, 1, null)], []), nGram, options.CacheSizes, validation.Ids, options.Progress, options.CancellationToken);
        var found = search.Find(options.Threads ?? Environment.ProcessorCount);
        return new MixtureTuningResult
        {
            Cache = found.Cache,
            NGram = found.NGramWeight > 0 ? new NGramInterpolation { Model = options.NGram!, Weight = found.NGramWeight } : null,
            Words = found.Words,
            PerplexityBefore = Math.Exp(found.CrossEntropyBefore),
            Perplexity = Math.Exp(found.CrossEntropy),
        };
    }

    private LanguageModel WithCache(NeuralCache? cache) => Members.Count == 0
        ? new LanguageModel(Parts with { Cache = cache })
        : With([.. Members.Select(member => member.WithCache(cache))]);

    /// <summary>This ensemble of other members.</summary>
    private LanguageModel With(IReadOnlyList<LanguageModel> members) => new(Parts with
    {
        Network = members[0].Network,
        Members = [.. members.Select((member, index) => new ModelMember(member.Parts, MemberWeights[index]))],
    });

    private void Check(RecurrentState state)
    {
        if (mixture is not null)
        {
            mixture.Check(state);
            return;
        }
        Network.Check(state);
        // It would be moved on without what goes along with it.
        if (state.Companion is not null)
            throw new ArgumentException("The state belongs to a model with a cache, an n-gram model or members, and this model is a network alone.", nameof(state));
    }

    private static void CheckMember(LanguageModel first, LanguageModel? member, int index)
    {
        if (member is null) throw new ArgumentException($"The model at index {index} is null.", "members");
        if (member.Members.Count > 0) throw new ArgumentException($"The model at index {index} is an ensemble itself; give its members instead.", "members");
        if (!member.Tokenizer.IsSameAs(first.Tokenizer))
        {
            throw new ArgumentException(
                $"The model at index {index} has another tokenizer than the first: {member.Tokenizer.Describe()} instead of {first.Tokenizer.Describe()}.", "members");
        }
        if (ReferenceEquals(member.Vocabulary, first.Vocabulary)) return;
        if (member.Vocabulary.Count != first.Vocabulary.Count)
            throw new ArgumentException($"The model at index {index} has {member.Vocabulary.Count} words and the first {first.Vocabulary.Count}; they must have the same.", "members");
        var differing = Enumerable.Range(0, first.Vocabulary.Count).Count(id => member.Vocabulary[id] != first.Vocabulary[id]);
        if (differing > 0)
            throw new ArgumentException($"The model at index {index} has other words than the first, or in another order: {differing} of {first.Vocabulary.Count} ids stand for other words.", "members");
    }

    /// <summary>What a model predicts with; null where that is its network alone. What has no weight is left out.</summary>
    private static Mixture? MixtureOf(LanguageModel model)
    {
        var (networks, nGrams) = (new List<CachedNetwork>(), new List<InterpolatedNGram>());
        Collect(model, 1);
        return networks.Count == 1 && networks[0].Cache is null && nGrams.Count == 0 ? null : new Mixture(networks, nGrams);

        void Collect(LanguageModel model, double weight)
        {
            if (model.NGram is { } interpolation)
            {
                // Its words are checked even where it has no weight.
                var nGram = new InterpolatedNGram(interpolation.Model.Table, interpolation.Model.Vocabulary, weight * interpolation.Weight, model.Vocabulary);
                if (nGram.Weight > 0) nGrams.Add(nGram);
                weight *= 1 - interpolation.Weight;
            }
            for (var i = 0; i < model.Members.Count; i++) Collect(model.Members[i], weight * model.MemberWeights[i]);
            if (model.Members.Count == 0) networks.Add(new CachedNetwork(model.Network, weight, model.Cache is { Weight: > 0 } cache ? cache : null));
        }
    }

    /// <summary>A state that has read words from the beginning of a line.</summary>
    private RecurrentState Start(ReadOnlySpan<int> words, CancellationToken cancellationToken)
    {
        var state = Start();
        foreach (var word in words)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Network.Step(word, state);
        }
        return state;
    }

    /// <summary>Does something for each of many texts, on several threads.</summary>
    private static void ForEachText(int count, BatchOptions options, Action<int> work)
    {
        var threads = Math.Min(options.Threads ?? Environment.ProcessorCount, Math.Max(1, count));
        var next = -1;
        using var workers = new Workers(threads);
        workers.Run(threads, _ =>
        {
            for (int text; (text = Interlocked.Increment(ref next)) < count;)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                work(text);
            }
        });
    }

    private string DescribeWith(string network) => string.Join(", ", ((object?[])[network, Cache, NGram, DynamicEvaluation]).Where(part => part is not null));
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using RnnLm.Cli.Flags;

namespace RnnLm.Cli.Tests;

public sealed class TrainingFlagsTests
{
    /// <summary>Options that no flag sets, on purpose.</summary>
    private static readonly string[] NotFlags =
    [
        "BatchMode", "Progress", "ProgressInterval", "CancellationToken", "Checkpoint", "History", "Regularization", "AdaptiveSoftmax.DivisionFactor",
    ];

    /// <summary>Each flag: what is on the command line already, the flag, its value, the option that it sets, and to what.</summary>
    public static TheoryData<string, string, string, string, string> Flags { get; } = new()
    {
        { "", "--cell", "gru", "Cell", "Gru" },
        { "", "--layers", "3", "Layers", "3" },
        { "", "--embedding", "7", "EmbeddingSize", "7" },
        { "", "--hidden", "7", "HiddenSize", "7" },
        { "", "--projection", "7", "ProjectionSize", "7" },
        { "", "--forget-bias", "-0.5", "ForgetBias", "-0.5" },
        { "", "--tied", "", "Tied", "True" },
        { "--preset small", "--no-tied", "", "Tied", "False" },
        { "", "--dropout", "0.5", "Dropout", "0.5" },
        { "", "--input-dropout", "0.5", "Regularization.InputDropout", "0.5" },
        { "", "--hidden-dropout", "0.5", "Regularization.HiddenDropout", "0.5" },
        { "", "--output-dropout", "0.5", "Regularization.OutputDropout", "0.5" },
        { "", "--embedding-dropout", "0.5", "Regularization.EmbeddingDropout", "0.5" },
        { "", "--weight-dropout", "0.5", "Regularization.WeightDropout", "0.5" },
        { "", "--activation-penalty", "2", "Regularization.ActivationPenalty", "2" },
        { "", "--temporal-activation-penalty", "2", "Regularization.TemporalActivationPenalty", "2" },
        { "", "--softmax", "sampled", "Softmax", "SampledSoftmax" },
        { "", "--softmax", "adaptive", "Softmax", "AdaptiveSoftmax" },
        { "--softmax sampled", "--softmax", "full", "Softmax", "FullSoftmax" },
        { "--softmax sampled", "--samples", "5", "SampledSoftmax.Samples", "5" },
        { "--softmax sampled", "--sampler", "unigram", "SampledSoftmax.Sampler", "Unigram" },
        { "--softmax adaptive", "--cutoffs", "4,6", "AdaptiveSoftmax.Cutoffs", "4,6" },
        { "", "--optimizer", "sgd", "Optimizer", "Sgd" },
        { "", "--optimizer", "adamw", "Optimizer", "AdamW" },
        { "--optimizer sgd", "--optimizer", "adam", "Optimizer", "Adam" },
        { "", "--learning-rate", "0.5", "Optimizer.LearningRate", "0.5" },
        { "--optimizer sgd", "--learning-rate", "0.5", "Optimizer.LearningRate", "0.5" },
        { "", "--weight-decay", "0.5", "Optimizer.WeightDecay", "0.5" },
        { "", "--beta1", "0.5", "AdaptiveMomentOptimizer.Beta1", "0.5" },
        { "--optimizer adamw", "--beta2", "0.5", "AdaptiveMomentOptimizer.Beta2", "0.5" },
        { "", "--epsilon", "0.5", "AdaptiveMomentOptimizer.Epsilon", "0.5" },
        { "", "--schedule", "one-cycle", "Schedule", "OneCycleSchedule" },
        { "", "--schedule", "cosine", "Schedule", "CosineSchedule" },
        { "", "--schedule", "constant", "Schedule", "ConstantSchedule" },
        { "--schedule cosine", "--schedule", "plateau", "Schedule", "PlateauSchedule" },
        { "", "--annealing", "0.5", "PlateauSchedule.Factor", "0.5" },
        { "", "--undo", "", "PlateauSchedule.Undo", "True" },
        { "--schedule one-cycle", "--warmup", "0.5", "OneCycleSchedule.Warmup", "0.5" },
        { "--schedule cosine", "--warmup", "0.5", "CosineSchedule.Warmup", "0.5" },
        { "--schedule one-cycle", "--start-divisor", "5", "OneCycleSchedule.StartDivisor", "5" },
        { "--schedule one-cycle", "--final-divisor", "5", "OneCycleSchedule.FinalDivisor", "5" },
        { "--schedule one-cycle", "--curve", "linear", "OneCycleSchedule.Curve", "Linear" },
        { "--schedule one-cycle --lowest-beta1 0.5", "--highest-beta1", "0.9", "OneCycleSchedule.HighestBeta1", "0.9" },
        { "--schedule one-cycle --highest-beta1 0.9", "--lowest-beta1", "0.5", "OneCycleSchedule.LowestBeta1", "0.5" },
        { "--schedule cosine", "--final-share", "0.5", "CosineSchedule.FinalShare", "0.5" },
        { "", "--average", "exponential", "Averaging", "ExponentialAverage" },
        { "--average triggered", "--average", "none", "Averaging", "" },
        { "", "--average", "triggered", "Averaging", "TriggeredAverage" },
        { "--average exponential", "--average-every", "5", "WeightAveraging.Interval", "5" },
        { "--average triggered", "--average-every", "5", "WeightAveraging.Interval", "5" },
        { "--average exponential", "--average-decay", "0.5", "ExponentialAverage.Decay", "0.5" },
        { "--average exponential", "--average-start", "0.5", "ExponentialAverage.Start", "0.5" },
        { "--average triggered", "--nonmonotone-interval", "7", "TriggeredAverage.NonmonotoneInterval", "7" },
        { "", "--clip", "7", "GradientClip", "7" },
        { "", "--batch", "7", "BatchSize", "7" },
        { "", "--state-reset", "0.7", "StateResetProbability", "0.7" },
        { "", "--window", "7", "Window", "7" },
        { "", "--random-window", "", "RandomWindow", "True" },
        { "", "--partial-shuffle", "", "PartialShuffle", "True" },
        { "--preset small", "--no-random-window", "", "RandomWindow", "False" },
        { "--preset small", "--no-partial-shuffle", "", "PartialShuffle", "False" },
        { "", "--preset", "plain", "Preset", "Plain" },
        { "", "--epochs", "7", "Epochs", "7" },
        { "", "--time-limit", "00:30:00", "TimeLimit", "00:30:00" },
        { "", "--patience", "7", "Patience", "7" },
        { "", "--seed", "7", "Seed", "7" },
        { "", "--threads", "7", "Threads", "7" },
    };

    [Theory]
    [MemberData(nameof(Flags))]
    public void A_flag_sets_the_option_that_it_names_and_no_other(string before, string flag, string value, string option, string expected)
    {
        var given = before.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        // A flag that is there already is given another value.
        string[] others = given.Contains(flag) ? [] : given;
        var with = Settings(Read([.. others, .. $"{flag} {value}".TrimEnd().Split(' ')]));
        // The options of an object that is there only with the flag, or only without, are not compared.
        var changed = Settings(Read(given)).Where(setting => with.TryGetValue(setting.Key, out var now) && now != setting.Value).Select(setting => setting.Key);
        var (path, owner) = Assert.Single(changed);
        Assert.Equal(option, path);
        Assert.Equal(expected, with[(path, owner)]);
    }

    [Fact]
    public void Without_flags_the_options_are_the_defaults() => Assert.Equal(Settings(new TrainingOptions()), Settings(Read()));

    [Fact]
    public void Every_flag_is_tried()
    {
        var flags = new FlagSet();
        flags.Training(new TrainingOptions());
        Assert.Equal(flags.Options.Select(flag => flag.Name).Order(), Flags.Select(row => (string)row[1]).Distinct().Order());
    }

    [Fact]
    public void Every_option_has_a_flag_or_is_without_one_on_purpose()
    {
        var flagged = Flags.Select(row => (string)row[3]).Distinct();
        Assert.Equal(OptionsOf(typeof(TrainingOptions), "").Order(), flagged.Concat(NotFlags).Order());
    }

    private static TrainingOptions Read(params string[] arguments)
    {
        var options = new TrainingOptions();
        var flags = new FlagSet();
        flags.Training(options);
        var parsed = flags.ToCommand("train", "", () => 0).Parse(arguments);
        Assert.Empty(parsed.Errors);
        parsed.Invoke();
        return options;
    }

    private static IEnumerable<PropertyInfo> Settable(Type type)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    /// <summary>Whether a type is of options that are objects of their own, or a base of such, as <see cref="Optimizer"/> is.</summary>
    private static bool IsObject(Type type)
        => type.IsClass && type.Assembly == typeof(TrainingOptions).Assembly && (type.IsAbstract || type == typeof(Regularization));

    /// <summary>The names of every option there is, those of each kind of object among them.</summary>
    private static IEnumerable<string> OptionsOf(Type type, string prefix)
    {
        foreach (var property in Settable(type).Where(property => property.DeclaringType == type))
        {
            yield return prefix + property.Name;
            if (!IsObject(property.PropertyType)) continue;
            foreach (var kind in type.Assembly.GetTypes().Where(kind => kind.IsAssignableTo(property.PropertyType)))
                foreach (var option in OptionsOf(kind, $"{kind.Name}.")) yield return option;
        }
    }

    /// <summary>The values of all options; each of an object's is known by the type that declares it and the type of the object.</summary>
    private static Dictionary<(string Path, Type Owner), string> Settings(object options)
    {
        var settings = new Dictionary<(string, Type), string>();
        foreach (var property in Settable(options.GetType()))
        {
            var value = property.GetValue(options);
            var path = options is TrainingOptions ? property.Name : $"{property.DeclaringType!.Name}.{property.Name}";
            settings.Add((path, options.GetType()), value switch
            {
                _ when IsObject(property.PropertyType) => value?.GetType().Name ?? "",
                IEnumerable list => string.Join(",", list.Cast<object>()),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
            });
            if (IsObject(property.PropertyType) && value is not null)
                foreach (var (key, own) in Settings(value)) settings.Add(key, own);
        }
        return settings;
    }
}

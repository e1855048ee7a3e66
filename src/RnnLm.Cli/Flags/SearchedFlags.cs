using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Flags;

/// <summary>
/// The flags of training as a sweep has them: each value may be one, a list as <c>a,b,c</c>, or a range as <c>lo..hi</c>. They are those of
/// <see cref="TrainingFlags"/>, whichever these are.
/// </summary>
sealed class SearchedFlags
{
    private const string Range = "..";
    private const string On = "on";
    private const string Off = "off";
    private const string Opposite = "--no-";
    private const double LeastLogarithmicRatio = 8;

    /// <summary>What is decided by the sweep, and no flag of it.</summary>
    private static readonly string[] LeftOut = ["--time-limit"];

    /// <summary>What a sweep says otherwise than a training.</summary>
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["--preset"] = "What holds for flags that are neither given nor searched. auto: chosen by the size of the text and by how long a trial may be trained. "
            + "small, medium, large, mobile: sizes of networks. plain: the defaults that rnnlm train --help has.",
    };

    /// <summary>What is the same for all trials.</summary>
    private static readonly string[] Fixed = ["--epochs", TrainingFlags.Patience, "--seed", "--threads"];

    private readonly FlagSet training = new();
    private readonly Dictionary<string, string> given = [];

    private SearchedFlags() => training.Training(new TrainingOptions());

    /// <summary>The parameters, once all flags are set.</summary>
    public IReadOnlyList<SweepParameter> Parameters { get; private set; } = [];

    /// <summary>The settings of the first trial: the usual ones, with what was given, where nothing that was given is searched; null where something is.</summary>
    public SweepSettings? FirstTrial { get; private set; }

    /// <summary>What the sweep's own choices follow from.</summary>
    public int Seed => given.TryGetValue("--seed", out var text) ? Values.Whole(text) : new TrainingOptions().Seed;

    /// <summary>Whether the epochs were given, by which a sweep may be limited instead of by time.</summary>
    public bool HasEpochs => given.ContainsKey("--epochs");

    /// <summary>Declares them.</summary>
    public static SearchedFlags Declare(FlagSet flags)
    {
        var searched = new SearchedFlags();
        foreach (var option in searched.training.Options.Where(option => !LeftOut.Contains(option.Name) && !searched.IsOpposite(option)))
        {
            var values = IsSwitch(option) ? $" {On}, {Off}, or {On},{Off}." : "";
            flags.Optional(option.Name, $"{Descriptions.GetValueOrDefault(option.Name, option.Description!)}{values}", Values.Text, text => searched.given[option.Name] = text,
                shows: IsSwitch(option) ? $"{On}|{Off}" : option.HelpName);
        }
        flags.Check(searched.Settle);
        flags.Check(() =>
        {
            // Another optimizer or preset may have a schedule that patience ends.
            if (!searched.given.ContainsKey("--optimizer") && !searched.given.GetValueOrDefault("--preset", "").Contains(',')) flags.CheckPatience(searched.Schedules());
        });
        return searched;
    }

    /// <summary>The training options that settings stand for.</summary>
    /// <exception cref="ArgumentException">They do not go together.</exception>
    public TrainingOptions OptionsOf(SweepSettings settings)
    {
        try
        {
            return Read(settings);
        }
        catch (UsageException fault)
        {
            throw new ArgumentException(fault.Message, fault);
        }
    }

    /// <summary>Settings as they are written on a command line.</summary>
    public string Written(SweepSettings settings) => settings.Count == 0 ? "nothing but defaults" : string.Join(' ', Words(settings));

    private void Settle()
    {
        foreach (var (name, text) in given) Check(name, text);
        var isSearched = given.Any(flag => !IsOne(flag.Key, flag.Value));
        var all = given.Select(flag => ParameterOf(flag.Key, flag.Value, flag.Value == Off ? _ => true : IsBeside(flag.Key))).ToList();
        if (!isSearched)
        {
            FirstTrial = Beside([]);
            var isProjected = Read(FirstTrial).ProjectionSize is not null;
            foreach (var (name, values, choice, cases) in SearchSpace.Usual.Where(row => !given.ContainsKey(row.Flag) && CanBe(row.Choice, row.Cases)))
                if (!isProjected || !SearchSpace.FixedByProjection.Contains(name)) all.Add(ParameterOf(name, values, IsBeside(name)));
        }
        Parameters = all;
    }

    /// <summary>Training options with each schedule that there is to be.</summary>
    private IEnumerable<TrainingOptions> Schedules()
    {
        if (!given.TryGetValue(TrainingFlags.ScheduleName, out var schedules)) yield return Read(Beside([]));
        else foreach (var schedule in PartsOf(TrainingFlags.ScheduleName, schedules)) yield return Read(Beside(new Dictionary<string, string> { [TrainingFlags.ScheduleName] = schedule }));
    }

    /// <summary>Whether a choice that is fixed is one of some cases.</summary>
    private bool CanBe(string? choice, string[] cases) => choice is null || cases.Contains(given.GetValueOrDefault(choice, training.UsualOf(choice) ?? ""));

    private Predicate<SweepSettings> IsBeside(string name) => settings => training.ConditionsOf(name).All(condition => condition.Holds(settings.GetValueOrDefault(condition.Choice)));

    /// <summary>Finds what is wrong with a flag's values, in the words of that flag where one alone is.</summary>
    private void Check(string name, string text)
    {
        if (!IsOne(name, text) && Fixed.Contains(name)) throw new UsageException($"{name} is {Printable.Quotation(text)}; it is the same for all trials, so give one value.");
        foreach (var condition in text == Off ? [] : training.ConditionsOf(name))
        {
            if (!ChosenBy(condition).Any(condition.Holds)) throw new UsageException($"{name} {condition}.");
        }
        if (text.Length > 0 && PartsOf(name, text).Contains(""))
        {
            var right = IsRange(name, text) ? "a range has two ends, as in 0.1..0.5" : "there is nothing between two commas, or before or after one";
            throw new UsageException($"{name} is {Printable.Quotation(text)}; {right}.");
        }
        foreach (var value in PartsOf(name, text))
        {
            if (IsSwitch(OptionOf(name)) && value is not (On or Off)) throw new UsageException($"{name} is {Printable.Quotation(text)}; it must be {On}, {Off}, or {On},{Off}. A text goes before it.");
            var needed = training.ConditionsOf(name).Where(condition => !condition.IsExcluded).Select(condition => KeyValuePair.Create(condition.Choice, ChosenBy(condition).FirstOrDefault(condition.Holds) ?? condition.Cases[0]));
            Read(Beside(new Dictionary<string, string>(needed) { [name] = value }));
        }
        ParameterOf(name, text, _ => true);
    }

    /// <summary>The cases of a condition's choice that there are to be.</summary>
    private IEnumerable<string> ChosenBy(FlagCondition condition) => PartsOf(condition.Choice, given.GetValueOrDefault(condition.Choice, training.UsualOf(condition.Choice) ?? ""));

    /// <summary>Settings with what is given beside them and is the same for all trials.</summary>
    private SweepSettings Beside(Dictionary<string, string> settings)
    {
        foreach (var (name, text) in given.Where(flag => IsOne(flag.Key, flag.Value))) settings.TryAdd(name, text);
        var all = new SweepSettings(settings);
        return new SweepSettings(all.Where(flag => flag.Value == Off || IsBeside(flag.Key)(all)));
    }

    private SweepParameter ParameterOf(string name, string text, Predicate<SweepSettings> applies)
    {
        var parts = PartsOf(name, text);
        try
        {
            if (!IsRange(name, text)) return SweepParameter.Choice(name, parts).Where(applies);
            if (OptionOf(name).ValueType == typeof(int))
            {
                var (from, to) = (Values.Whole(parts[0]), Values.Whole(parts[1]));
                return SweepParameter.Whole(name, from, to, from > 0 && (double)to / from >= LeastLogarithmicRatio).Where(applies);
            }
            var (low, high) = (Values.Fraction(parts[0]), Values.Fraction(parts[1]));
            var parameter = low > 0 && high / low >= LeastLogarithmicRatio ? SweepParameter.LogUniform(name, low, high) : SweepParameter.Uniform(name, low, high);
            return parameter.Where(applies);
        }
        catch (ArgumentException)
        {
            throw new UsageException(IsRange(name, text)
                ? $"{name} is {Printable.Quotation(text)}; a range goes from the lesser to the greater, as in 0.1..0.5."
                : $"{name} is {Printable.Quotation(text)}; each value of a list stands in it once.");
        }
    }

    /// <summary>The values of a list, the ends of a range, or what is one value.</summary>
    private string[] PartsOf(string name, string text)
        => IsRange(name, text) ? text.Split(Range, 2) : OptionOf(name).ValueType == typeof(int[]) ? [text] : text.Split(',');

    private bool IsRange(string name, string text) => text.Contains(Range, StringComparison.Ordinal) && (OptionOf(name).ValueType == typeof(int) || OptionOf(name).ValueType == typeof(double));

    private bool IsOne(string name, string text) => !IsRange(name, text) && PartsOf(name, text).Length == 1;

    private Option OptionOf(string name) => training.Options.First(option => option.Name == name);

    private static bool IsSwitch(Option option) => option.Arity.MaximumNumberOfValues == 0;

    /// <summary>Whether a switch turns off what another turns on, which takes on or off itself here.</summary>
    private bool IsOpposite(Option option)
        => IsSwitch(option) && option.Name.StartsWith(Opposite, StringComparison.Ordinal) && training.Options.Any(other => other.Name == $"--{option.Name[Opposite.Length..]}");

    private string? OppositeOf(string name) => training.Options.Select(option => option.Name).FirstOrDefault(other => other == $"{Opposite}{name[2..]}");

    private IEnumerable<string> Words(SweepSettings settings)
    {
        foreach (var (name, value) in settings)
        {
            if (!IsSwitch(OptionOf(name))) yield return $"{name}={value}";
            else if (value == On) yield return name;
            // What is off may be on where the preset has it.
            else if (OppositeOf(name) is { } opposite) yield return opposite;
        }
    }

    /// <summary>Reads settings as the command line of a training.</summary>
    /// <exception cref="UsageException">Something is wrong with them.</exception>
    private TrainingOptions Read(SweepSettings settings)
    {
        var options = new TrainingOptions();
        var flags = new FlagSet();
        flags.Training(options);
        string[] words = [.. Words(settings)];
        var parsed = flags.ToCommand("train", "", () => 0).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UsageFaults.Find(parsed, words) is { } fault) throw new UsageException(fault);
        parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        return options;
    }
}

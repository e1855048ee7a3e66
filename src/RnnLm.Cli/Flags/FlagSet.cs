using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Flags;

/// <summary>
/// The flags and arguments of a command. Each is declared once, in a row with its name, its help and what it sets; the help lists them in
/// the order of the rows, and what is given on the command line is set in that order. Then it is checked, and only then the command runs.
/// </summary>
sealed partial class FlagSet
{
    private readonly List<Argument> arguments = [];
    private readonly List<Option> options = [];
    private readonly Dictionary<string, Flag> declared = [];
    private readonly List<Action<ParseResult>> setters = [];
    private readonly Dictionary<string, string> flagsOfOptions = [];
    private readonly List<Action> checks = [];
    private readonly NamedFiles files = new();
    private readonly HashSet<string> paths = []; // the names of what is read as the name of a file or a folder
    private readonly HashSet<string> texts = []; // among them, of what is read as text
    private readonly Dictionary<string, string> tooLong = []; // the whole numbers that no option can have; the greatest or least stands for each
    private Option? earlierFolder;
    private Func<string, KeptCommandLine?> findEarlier = _ => null;
    private HashSet<string> takenOver = []; // the names of what is not given, and is what it was on the earlier command line
    private bool isComplete;

    /// <summary>The flags, in the order of their rows.</summary>
    public IReadOnlyList<Option> Options => options;

    /// <summary>With what a flag makes sense alone.</summary>
    public IReadOnlyList<FlagCondition> ConditionsOf(string name) => declared[name].Conditions;

    /// <summary>The case of a choice that is taken where it is not given; null where none is.</summary>
    public string? UsualOf(string choice) => (declared[choice] as Choice)?.Usual;

    /// <summary>The command line, completed by the earlier one that it names; it is there when flags are set.</summary>
    public KeptCommandLine Given { get; private set; } = new(new Dictionary<string, string[]>(), "");

    /// <summary>The earlier command line, with whole paths; null where this one names none, or none was kept.</summary>
    public KeptCommandLine? Earlier { get; private set; }

    /// <summary>An argument that names a file to read.</summary>
    public void InputFile(string name, string description, Action<string> set)
        => Add(ArgumentOf(name, description, Values.File), path =>
        {
            files.AddInput(name, path);
            set(path);
        });

    /// <summary>An argument that names files of text to read.</summary>
    public void InputFiles(string name, string description, ArgumentArity arity, Action<string[]> set)
    {
        paths.Add(name);
        texts.Add(name);
        Add(new Argument<string[]>(name) { Description = description, Arity = arity, CustomParser = given => ReadAll(name, given, Values.File) }, given =>
        {
            files.AddTexts(name, given);
            set(given);
        });
    }

    /// <summary>An argument that names files to read which are no text, so that none of them is standard input.</summary>
    public void Files(string name, string description, ArgumentArity arity, Action<string[]> set)
        => Add(new Argument<string[]>(name) { Description = description, Arity = arity, CustomParser = given => ReadAll(name, given, Values.File) }, given =>
        {
            foreach (var path in given) files.AddInput(name, path);
            set(given);
        });

    /// <summary>An argument that names a file to write.</summary>
    public void OutputFile(string name, string description, Action<string> set)
        => Add(ArgumentOf(name, description, Values.File), path =>
        {
            files.AddOutput(name, path);
            set(path);
        });

    /// <summary>An argument with any number of texts.</summary>
    public void Texts(string name, string description, Action<string[]> set)
        => Add(new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.ZeroOrMore, CustomParser = given => ReadAll(name, given, Values.Text) }, set);

    /// <summary>A flag that names files of text to read.</summary>
    public Flag InputFilesFlag(string name, string description, Action<string[]> set)
    {
        paths.Add(name);
        texts.Add(name);
        var option = new Option<string[]>(name)
        {
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = given => ReadAll(name, given, Values.File),
        };
        return Add(option, given =>
        {
            files.AddTexts(name, given);
            set(given);
        });
    }

    /// <summary>A flag that names a file to read.</summary>
    public Flag InputFileFlag(string name, string description, Action<string> set)
    {
        paths.Add(name);
        return Add(OptionOf(name, description, Values.File, option: null, usual: null), path =>
        {
            files.AddInput(name, path);
            set(path);
        });
    }

    /// <summary>A flag that names a file to read before anything is written, so that it may be the one that is written.</summary>
    public Flag ReplaceableFileFlag(string name, string description, Action<string> set)
    {
        paths.Add(name);
        return Add(OptionOf(name, description, Values.File, option: null, usual: null), path =>
        {
            files.AddReplaceable(name, path);
            set(path);
        });
    }

    /// <summary>A flag that names a file to write.</summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="aliases">Its other names.</param>
    /// <param name="description">Its help.</param>
    /// <param name="set">Takes the path.</param>
    /// <param name="isRequired">Whether it cannot be left out.</param>
    public Flag OutputFileFlag(string name, string[] aliases, string description, Action<string> set, bool isRequired = true)
    {
        paths.Add(name);
        var option = new Option<string>(name, aliases) { Description = description, Required = isRequired, CustomParser = given => Read(name, given, Values.File) };
        return Add(option, path =>
        {
            files.AddOutput(name, path);
            set(path);
        });
    }

    /// <summary>A flag that names a folder in which files are written; it is made where it is not there.</summary>
    public Flag OutputFolder(string name, string description, Action<string> set)
        => Optional(name, description, Values.Folder, path =>
        {
            files.AddFolder(name, path);
            set(path);
        });

    /// <summary>
    /// A flag that names a folder in which an earlier command line is kept, and in which files are written: what is not given on this command line is taken
    /// from that one, whose relative paths are those of the folder in which it was given.
    /// </summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">Its help.</param>
    /// <param name="find">Finds the earlier command line in the folder; null where none is kept.</param>
    /// <param name="set">Takes the folder.</param>
    public Flag EarlierFolder(string name, string description, Func<string, KeptCommandLine?> find, Action<string> set)
    {
        var flag = OutputFolder(name, description, set);
        (earlierFolder, findEarlier) = (options[^1], find);
        return flag;
    }

    /// <summary>A flag with a value.</summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">Its help.</param>
    /// <param name="read">How its text becomes the value, one of <see cref="Values"/>.</param>
    /// <param name="usual">What holds where it is not given, for the help.</param>
    /// <param name="set">Takes the value that is given.</param>
    /// <param name="option">The name of the option that it sets, by which it is known to what checks options.</param>
    public Flag Value<TValue>(string name, string description, Func<string, TValue> read, TValue usual, Action<TValue> set, string? option = null)
        => Add(OptionOf(name, description, read, option, _ => usual), set);

    /// <summary>A flag with a value, whose help says itself what holds where it is not given.</summary>
    /// <inheritdoc cref="Value"/>
    public Flag Optional<TValue>(string name, string description, Func<string, TValue> read, Action<TValue> set, string? option = null)
        => Add(OptionOf(name, description, read, option, usual: null), set);

    /// <summary>A flag that stands for itself.</summary>
    public Flag Switch(string name, string description, Action set, string? option = null)
    {
        if (option is not null) flagsOfOptions.Add(option, name);
        return Add(new Option<bool>(name) { Description = description, Arity = ArgumentArity.Zero }, _ => set());
    }

    /// <summary>A flag that chooses among cases.</summary>
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">Its help.</param>
    /// <param name="usual">The case that is taken where the flag is not given; null where none is.</param>
    /// <param name="cases">The cases by their names; the one that is given sets what it stands for.</param>
    /// <param name="option">The name of the option that it sets, by which it is known to what checks options.</param>
    public Choice Choice(string name, string description, string? usual, Dictionary<string, Action> cases, string? option = null)
    {
        var made = OptionOf(name, description, ReadCase, option, usual is null ? null : _ => usual);
        made.CompletionSources.Add([.. cases.Keys]);
        Add(made, chosen => cases[chosen]());
        var choice = new Choice(made, usual, cases.Keys, IsIncomplete);
        declared[name] = choice;
        return choice;

        string ReadCase(string text) => cases.ContainsKey(text)
            ? text
            : throw new UsageException($"it must be one of {string.Join(", ", cases.Keys)}{(Resemblance.Question(text, cases.Keys) is { Length: > 0 } question ? $".{question}" : "")}");
    }

    /// <summary><see cref="Given"/> as it is written.</summary>
    public IReadOnlyList<string> Written => Given.Write(arguments.Select(argument => argument.Name));

    /// <summary>The names of those texts that cannot be read again, since they come from standard input.</summary>
    public IReadOnlyList<string> TextsReadOnce => [.. texts.Where(name => Given.Texts.TryGetValue(name, out var given) && given.Any(KeptCommandLine.IsGone))];

    /// <summary>What the library calls by a name is called otherwise on the command line, and so in what is said of it.</summary>
    public void Calls(string name, string shown) => flagsOfOptions.Add(name, shown);

    /// <summary>What checks options once they are set: what it finds is wrong with the command line.</summary>
    /// <param name="validate">Throws an <see cref="ArgumentException"/> whose message names options; it is told with the flags that set them.</param>
    public void Check(Action validate) => checks.Add(validate);

    /// <summary>A command with these flags.</summary>
    /// <param name="name">Its verb.</param>
    /// <param name="description">Its help.</param>
    /// <param name="run">Runs it when everything is set, and returns the exit code.</param>
    public Command ToCommand(string name, string description, Func<int> run)
    {
        var command = new Command(name, description);
        foreach (var argument in arguments) command.Add(argument);
        foreach (var option in options) command.Add(option);
        command.SetAction(given =>
        {
            var parsed = Complete(given, command);
            foreach (var set in setters) set(parsed);
            CheckOptions();
            files.Check(takenOver);
            try
            {
                return run();
            }
            // What goes wrong with what the options were given for is told with the flags too.
            catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or NotSupportedException or FormatException)
            {
                throw new ArgumentException(WithFlags(FaultMessage.Of(fault)), fault);
            }
        });
        return command;
    }

    /// <summary>Whether a command line names an earlier one that has not been looked for yet.</summary>
    private bool IsIncomplete(SymbolResult command) => !isComplete && earlierFolder is not null && command.GetResult(earlierFolder) is { Implicit: false };

    /// <summary>The command line with what the earlier one has beside it.</summary>
    private ParseResult Complete(ParseResult given, Command command)
    {
        Given = KeptCommandLine.Of(given.CommandResult);
        if (!IsIncomplete(given.CommandResult)) return given;

        Earlier = findEarlier(given.GetRequiredValue<string>(earlierFolder!.Name))?.WithWholePaths(paths, texts);
        var now = Given.Texts.Keys;
        Given = Earlier?.CompletedBy(Given, texts) ?? Given;
        takenOver = Given.Texts.Keys.Except(now).ToHashSet();
        isComplete = true;
        var parsed = command.Parse(Written, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return UsageFaults.Find(parsed, Written) is { } fault ? throw new UsageException(fault) : parsed;
    }

    private void CheckOptions()
    {
        foreach (var check in checks)
        {
            try
            {
                check();
            }
            catch (ArgumentException fault)
            {
                throw new UsageException(AsGiven(WithFlags(FaultMessage.Of(fault)).ReplaceLineEndings(" ")));
            }
        }
        foreach (var (name, text) in tooLong) throw new UsageException($"{name} is {text}; {Values.RangeOf(text)}.");
    }

    /// <summary>Sentences about flags with the numbers that were given, where others stand for them.</summary>
    private string AsGiven(string sentences)
        => tooLong.Aggregate(sentences, (all, number) => all.Replace(Printable.Invariant($"{number.Key} is {Limit(number.Value):N0};"), $"{number.Key} is {number.Value};", StringComparison.Ordinal));

    private static int Limit(string tooLong) => tooLong.StartsWith('-') ? int.MinValue : int.MaxValue;

    private int ReadWhole(string name, string text)
    {
        if (!Values.IsTooLong(text)) return Values.Whole(text);
        tooLong[name] = text;
        return Limit(text); // what checks the option knows its range
    }

    /// <summary>Sentences about options as sentences about the flags that set them, of which one that is null is left out; what is quoted in them stays.</summary>
    private string WithFlags(string sentences) => OptionOrQuotation().Replace(sentences, match => match.Groups["option"].Value is var option && option == "null"
        ? "left out"
        : flagsOfOptions.GetValueOrDefault(option, match.Value));

    [GeneratedRegex("""
        "[^"]*"|(?:[A-Za-z]+\.)*(?<option>[A-Za-z]+[0-9]?)
        """, RegexOptions.CultureInvariant)]
    private static partial Regex OptionOrQuotation();

    private Option<TValue> OptionOf<TValue>(string name, string description, Func<string, TValue> read, string? option, Func<ArgumentResult, TValue>? usual)
    {
        if (option is not null) flagsOfOptions.Add(option, name);
        if (read is Func<string, string> text && (text == Values.File || text == Values.Folder)) paths.Add(name);
        if (read is Func<string, int> whole && whole == Values.Whole && (Func<string, int>)(given => ReadWhole(name, given)) is Func<string, TValue> ranged) read = ranged;
        return new Option<TValue>(name)
        {
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = given => Read(name, given, read),
            DefaultValueFactory = usual,
        };
    }

    private static Argument<TValue> ArgumentOf<TValue>(string name, string description, Func<string, TValue> read)
        => new(name) { Description = description, CustomParser = given => Read(name, given, read) };

    private static TValue? Read<TValue>(string name, ArgumentResult given, Func<string, TValue> read) => ReadAll(name, given, read).FirstOrDefault();

    private static TValue[] ReadAll<TValue>(string name, ArgumentResult given, Func<string, TValue> read)
    {
        var values = new List<TValue>();
        foreach (var token in given.Tokens)
        {
            try
            {
                values.Add(read(token.Value));
            }
            catch (UsageException fault)
            {
                given.AddError($"{name} is {Printable.Quotation(token.Value)}; {fault.Message}{(fault.Message.EndsWith('?') ? "" : ".")}");
            }
        }
        return [.. values];
    }

    private void Add<TValue>(Argument<TValue> argument, Action<TValue> set)
    {
        arguments.Add(argument);
        setters.Add(parsed =>
        {
            if (parsed.GetResult(argument) is { Tokens.Count: > 0 }) set(parsed.GetRequiredValue(argument));
        });
    }

    private Flag Add<TValue>(Option<TValue> option, Action<TValue> set)
    {
        options.Add(option);
        setters.Add(parsed =>
        {
            if (parsed.GetResult(option) is { Implicit: false }) set(parsed.GetRequiredValue(option));
        });
        return declared[option.Name] = new Flag(option);
    }
}

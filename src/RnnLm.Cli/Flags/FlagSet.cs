using System.CommandLine;
using System.CommandLine.Parsing;
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
    private string[] examples = [];
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

    /// <summary>Whether a flag is given on this command line itself, and not on the earlier one that it names.</summary>
    public bool IsGiven(string name) => Given.Texts.ContainsKey(name) && !takenOver.Contains(name);

    /// <summary>An argument that names a file to read.</summary>
    public void InputFile(string name, string description, Action<string> set)
        => Add(ArgumentOf(name, description, Values.File), path =>
        {
            files.AddInput(name, path);
            set(path);
        });

    /// <summary>An argument that is one of some cases.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Its help.</param>
    /// <param name="cases">The cases by their names; the one that is given sets what it stands for.</param>
    public void CaseArgument(string name, string description, Dictionary<string, Action> cases)
    {
        var argument = ArgumentOf(name, description, text => ReadCase(text, cases));
        argument.CompletionSources.Add([.. cases.Keys]);
        Add(argument, chosen => cases[chosen]());
    }

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
            HelpName = Placeholder.Files,
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
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">Its help.</param>
    /// <param name="set">Takes the path.</param>
    /// <param name="shows">What stands for its value in the help.</param>
    public Flag InputFileFlag(string name, string description, Action<string> set, string shows = Placeholder.File)
    {
        paths.Add(name);
        return Add(OptionOf(name, description, Values.File, option: null, usual: null, shows), path =>
        {
            files.AddInput(name, path);
            set(path);
        });
    }

    /// <summary>A flag that names a file to read before anything is written, so that it may be the one that is written.</summary>
    /// <inheritdoc cref="InputFileFlag"/>
    public Flag ReplaceableFileFlag(string name, string description, Action<string> set, string shows = Placeholder.File)
    {
        paths.Add(name);
        return Add(OptionOf(name, description, Values.File, option: null, usual: null, shows), path =>
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
    /// <param name="shows">What stands for its value in the help.</param>
    public Flag OutputFileFlag(string name, string[] aliases, string description, Action<string> set, bool isRequired = true, string shows = Placeholder.File)
    {
        paths.Add(name);
        var option = new Option<string>(name, aliases)
        {
            Description = description,
            HelpName = shows,
            Required = isRequired,
            CustomParser = given => Read(name, given, Values.File),
        };
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
    /// <param name="shows">What stands for the value in the help; null where that follows from how it is read.</param>
    public Flag Value<TValue>(string name, string description, Func<string, TValue> read, TValue usual, Action<TValue> set, string? option = null, string? shows = null)
        => Add(OptionOf(name, description, read, option, _ => usual, shows), set);

    /// <summary>A flag with a value, whose help says itself what holds where it is not given.</summary>
    /// <inheritdoc cref="Value"/>
    public Flag Optional<TValue>(string name, string description, Func<string, TValue> read, Action<TValue> set, string? option = null, string? shows = null)
        => Add(OptionOf(name, description, read, option, usual: null, shows), set);

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
        var made = OptionOf(name, description, text => ReadCase(text, cases), option, usual is null ? null : _ => usual, string.Join('|', cases.Keys));
        made.CompletionSources.Add([.. cases.Keys]);
        Add(made, chosen => cases[chosen]());
        var choice = new Choice(made, usual, cases.Keys, IsIncomplete);
        declared[name] = choice;
        return choice;
    }

    /// <summary>Flags that have no effect with this command: its help leaves them out, and they are refused.</summary>
    /// <param name="declare">Declares them.</param>
    /// <param name="because">Why they have none; it ends the sentence that refuses one.</param>
    public void Idle(Action declare, string because)
    {
        var first = options.Count;
        declare();
        foreach (var option in options[first..])
        {
            option.Hidden = true;
            // What it goes with otherwise is of no interest.
            option.Validators.Clear();
            option.Validators.Add(given =>
            {
                if (!given.Implicit) given.AddError($"{option.Name} has no effect {because}.");
            });
        }
    }

    /// <summary>Command lines for the help, each as it is typed.</summary>
    public void Examples(params string[] commandLines) => examples = commandLines;

    /// <summary><see cref="Given"/> as it is written.</summary>
    public IReadOnlyList<string> Written => Given.Write(arguments.Select(argument => argument.Name));

    /// <summary>The names of those texts that cannot be read again, since they come from standard input.</summary>
    public IReadOnlyList<string> TextsReadOnce => [.. texts.Where(name => Given.Texts.TryGetValue(name, out var given) && given.Any(KeptCommandLine.IsGone))];

    /// <summary>What the library calls by a name is called otherwise on the command line, and so in what is said of it.</summary>
    public void Calls(string name, string shown) => flagsOfOptions.Add(name, shown);

    /// <summary>What checks options once they are set: what it finds is wrong with the command line.</summary>
    /// <param name="validate">Throws an <see cref="ArgumentException"/> whose message names options; it is told with the flags that set them.</param>
    public void Check(Action validate) => checks.Add(validate);

    private Option<TValue> OptionOf<TValue>(string name, string description, Func<string, TValue> read, string? option, Func<ArgumentResult, TValue>? usual, string? shows)
    {
        shows ??= Placeholder.Of(read);
        if (option is not null) flagsOfOptions.Add(option, name);
        if (read is Func<string, string> text && (text == Values.File || text == Values.Folder)) paths.Add(name);
        if (read is Func<string, int> whole && whole == Values.Whole && (Func<string, int>)(given => ReadWhole(name, given)) is Func<string, TValue> ranged) read = ranged;
        return new Option<TValue>(name)
        {
            Description = description,
            HelpName = shows,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = given => Read(name, given, read),
            DefaultValueFactory = usual,
        };
    }

    private static Argument<TValue> ArgumentOf<TValue>(string name, string description, Func<string, TValue> read)
        => new(name) { Description = description, CustomParser = given => Read(name, given, read) };

    private static string ReadCase(string text, Dictionary<string, Action> cases) => cases.ContainsKey(text)
        ? text
        : throw new UsageException($"it must be one of {string.Join(", ", cases.Keys)}{(Resemblance.Question(text, cases.Keys) is { Length: > 0 } question ? $".{question}" : "")}");

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

using RnnLm.Cli.Flags;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class SweepTests : IDisposable
{
    private readonly Shell shell = new();
    private readonly string text;

    public SweepTests() => text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 40)));

    public void Dispose() => shell.Dispose();

    [Fact]
    public void The_better_settings_are_found_and_their_model_is_written()
    {
        var outcome = Run("--learning-rate", "0.0000001,0.05", "--runs", "2");
        Assert.Equal(0, outcome.Code);
        Assert.Equal("0.05", LanguageModel.Load(shell["best.rnnlm"]).Training.Options["learning_rate"]);
        Assert.Matches("^trial +rung +perplexity", outcome.Lines[0]);
        Assert.Equal(3, outcome.Lines.Length);
        Assert.Contains("--learning-rate=0.05", outcome.Lines[1], StringComparison.Ordinal);
        Assert.Contains("Its settings: ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--schedule", "one-cycle,cosine", "--warmup", "0.1")]
    [InlineData("--schedule", "one-cycle,cosine", "--warmup", "0.1,0.3")]
    [InlineData("--average", "exponential,none", "--average-every", "2")]
    [InlineData("--optimizer", "sgd,adam", "--beta1", "0.8,0.9")]
    public void A_flag_that_goes_with_some_cases_of_a_choice_is_tried_beside_them_alone(string choice, string cases, string flag, string values)
    {
        var outcome = Run(choice, cases, flag, values, "--runs", "8");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.DoesNotContain("refused", outcome.Output, StringComparison.Ordinal);
        foreach (var line in outcome.Lines.Where(line => line.Contains($"{flag}=", StringComparison.Ordinal))) Assert.DoesNotMatch("=(none|sgd)( |$)", line);
    }

    [Theory]
    [InlineData("--schedule", "one-cycle,cosine")]
    [InlineData("--schedule", "cosine")]
    [InlineData("--preset", "medium")]
    public void Patience_is_refused_where_every_trial_has_a_schedule_that_spans_it(string flag, string cases)
    {
        var outcome = Run(flag, cases, "--patience", "2");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--patience has no effect with --schedule ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("--schedule", "plateau,cosine", "--patience", "2", "--runs", "2").Code);
    }

    [Fact]
    public void As_JSON_each_trial_is_an_event_and_the_result_has_all()
    {
        var outcome = Run("--learning-rate", "0.001..0.05", "--runs", "3", "--json");
        Assert.Equal(0, outcome.Code);
        Assert.Equal(["started", "trialStarted", "trial", "trialStarted", "trial", "trialStarted", "trial", "trialStarted", "trial", "completed"], outcome.Json.Select(line => line.GetProperty("event").GetString()));
        var completed = outcome.Json[^1];
        Assert.Equal(3, completed.GetProperty("trials").GetArrayLength());
        var best = completed.GetProperty("best");
        var evaluated = shell.Run("evaluate", shell["best.rnnlm"], text, "--json").Json.Single().GetProperty("perplexity").GetDouble();
        Assert.Equal(best.GetProperty("validationPerplexity").GetDouble(), evaluated, 6);
        Assert.Equal(best.GetProperty("settings").GetProperty("--learning-rate").GetString(), LanguageModel.Load(shell["best.rnnlm"]).Training.Options["learning_rate"]);
    }

    [Fact]
    public void A_sweep_that_is_interrupted_keeps_the_best_and_goes_on_with_text_and_flags_as_they_were()
    {
        string[] flags = ["--learning-rate", "0.001..0.05", "--runs", "4"];
        var whole = Run(flags);
        var expected = LanguageModel.Load(shell["best.rnnlm"]);
        File.Delete(shell["best.rnnlm"]);
        var interrupted = shell.RunUntil("Trial 2, rung 1", Arguments([.. flags, "--checkpoint", shell["folder"]]));
        Assert.Equal(ExitCode.Interrupted, interrupted.Code);
        Assert.True(File.Exists(shell["best.rnnlm"]));
        Assert.Contains("Go on with: rnnlm sweep --resume ", interrupted.Error, StringComparison.Ordinal);
        File.Delete(shell["best.rnnlm"]);
        var resumed = shell.Run("sweep", "--resume", shell["folder"]);
        Assert.Equal(0, resumed.Code);
        // All but the times.
        Assert.Equal(whole.Lines.Select(WithoutTime), resumed.Lines.Select(WithoutTime));
        Assert.Equal(expected.Training.Figures["validation_perplexity"], LanguageModel.Load(shell["best.rnnlm"]).Training.Figures["validation_perplexity"]);

        static string WithoutTime(string line) => System.Text.RegularExpressions.Regex.Replace(line, " *(less than )?[0-9.]+ (s|min|h)\\b( [0-9]+ (s|min)\\b)?", "");
    }

    [Fact]
    public void Where_nothing_is_given_the_usual_space_is_searched_beginning_with_the_usual_settings()
    {
        var flags = new FlagSet();
        var searched = SearchedFlags.Declare(flags);
        flags.ToCommand("sweep", "", () => 0).Parse(["--layers", "1", "--dropout", "0.5"]).Invoke();
        Assert.Equal(["--batch", "--clip", "--dropout", "--embedding", "--hidden", "--layers", "--learning-rate", "--tied"], searched.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        Assert.Equal("--dropout 0.5, --layers 1", searched.FirstTrial!.ToString());
        Assert.Equal("0.5", searched.Parameters.Single(parameter => parameter.Name == "--dropout").Description);
        var options = searched.OptionsOf(searched.FirstTrial);
        Assert.Equal((1, 0.5, new TrainingOptions().HiddenSize), (options.Layers, options.Dropout, options.HiddenSize));
    }

    [Fact]
    public void Every_row_of_the_usual_space_is_of_a_flag_and_its_values_are_right()
    {
        var training = new FlagSet();
        training.Training(new TrainingOptions());
        foreach (var (flag, values, choice, cases) in SearchSpace.Usual)
        {
            Assert.Contains(flag, training.Options.Select(option => option.Name));
            foreach (var @case in cases.DefaultIfEmpty(null))
            {
                var flags = new FlagSet();
                var searched = SearchedFlags.Declare(flags);
                string[] beside = @case is null ? [] : [choice!, @case];
                flags.ToCommand("sweep", "", () => 0).Parse([.. beside, flag, values]).Invoke(new() { EnableDefaultExceptionHandler = false });
                Assert.Contains(flag, searched.Parameters.Select(parameter => parameter.Name));
            }
        }
    }

    [Fact]
    public void Every_flag_of_training_is_a_flag_of_the_sweep_but_its_time()
    {
        var training = new FlagSet();
        training.Training(new TrainingOptions());
        var sweep = new FlagSet();
        SearchedFlags.Declare(sweep);
        Assert.Equal(training.Options.Select(option => option.Name).Where(name => name != "--time-limit" && !name.StartsWith("--no-", StringComparison.Ordinal)), sweep.Options.Select(option => option.Name));
    }

    [Fact]
    public void A_flag_that_goes_with_one_case_is_searched_with_that_alone()
    {
        var outcome = Run("--softmax", "full,sampled", "--samples", "2..5", "--runs", "6", "--epochs", "1", "--json");
        Assert.Equal(0, outcome.Code);
        var trials = outcome.Json[^1].GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("settings")).ToList();
        Assert.All(trials, settings => Assert.Equal(settings.GetProperty("--softmax").GetString() == "sampled", settings.TryGetProperty("--samples", out _)));
        Assert.Contains(trials, settings => settings.GetProperty("--softmax").GetString() == "sampled");
    }

    [Fact]
    public void A_switch_is_searched_by_on_and_off()
    {
        var outcome = Run("--tied", "on,off", "--runs", "9", "--epochs", "1", "--json");
        Assert.Equal(["off", "on"], outcome.Json[^1].GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("settings").GetProperty("--tied").GetString()).Order());
    }

    [Fact]
    public void A_switch_that_is_off_is_off_though_the_preset_has_it_on()
    {
        var outcome = Run("--preset", "small", "--tied", "on,off", "--random-window", "off", "--runs", "2", "--epochs", "1");
        Assert.Equal(0, outcome.Code);
        Assert.Equal(2, outcome.Lines.Skip(1).Count(line => line.Contains("--no-random-window", StringComparison.Ordinal)));
        Assert.Single(outcome.Lines, line => line.Contains("--no-tied", StringComparison.Ordinal));
        Assert.Single(outcome.Lines, line => line.Contains(" --tied", StringComparison.Ordinal));
        Assert.Equal(0, Run("--preset", "small", "--tied", "off", "--clip", "1,2", "--runs", "1", "--epochs", "1").Code);
        Assert.Equal("false", LanguageModel.Load(shell["best.rnnlm"]).Training.Options["tied"]);
    }

    [Fact]
    public void A_trial_with_nothing_but_defaults_is_a_line_too()
    {
        var outcome = shell.Run("sweep", text, "--validation", text, "--output", shell["best.rnnlm"], "--time", "10d", "--runs", "1");
        Assert.Equal(0, outcome.Code);
        Assert.Matches(@"Trial 1, rung 1: validation perplexity [0-9.]+ \(best\), completed, [0-9.a-z ]+: nothing but defaults", outcome.Error);
        Assert.EndsWith("nothing but defaults", outcome.Lines[1], StringComparison.Ordinal);
        var told = Run("--learning-rate", "0.05", "--dropout", "0", "--runs", "1");
        Assert.Matches(@"Trial 1, rung 1: validation perplexity [0-9.]+ \(best\), completed, [0-9.a-z ]+: --batch=2 ", told.Error);
    }

    [Theory]
    [InlineData("--preset mobile")]
    [InlineData("--projection 64")]
    public void Sizes_that_go_with_a_projection_are_not_searched_by_themselves(string given)
    {
        var flags = new FlagSet();
        var searched = SearchedFlags.Declare(flags);
        flags.ToCommand("sweep", "", () => 0).Parse(given.Split(' ')).Invoke(new() { EnableDefaultExceptionHandler = false });
        Assert.DoesNotContain(searched.Parameters, parameter => parameter.Name is "--embedding" or "--hidden");
        Assert.Contains(searched.Parameters, parameter => parameter.Name == "--dropout");
    }

    [Fact]
    public void A_value_is_checked_beside_those_that_are_the_same_for_all()
    {
        var flags = new FlagSet();
        var searched = SearchedFlags.Declare(flags);
        flags.ToCommand("sweep", "", () => 0).Parse(["--hidden", "400", "--projection", "250,300"]).Invoke(new() { EnableDefaultExceptionHandler = false });
        Assert.Equal(2, searched.Parameters.Count);
    }

    [Fact]
    public void Settings_that_are_refused_are_no_trials_and_a_sweep_that_compared_nothing_has_failed()
    {
        // A projection has to be below the hidden size.
        var some = Run("--hidden", "8,16", "--projection", "4,8,12", "--runs", "4", "--epochs", "1");
        Assert.Equal(0, some.Code);
        Assert.Equal(5, some.Lines.Length);
        Assert.DoesNotContain("refused", some.Output);
        var one = Run("--hidden", "50,195", "--projection", "190,196", "--runs", "4", "--epochs", "1");
        Assert.Equal(ExitCode.Failed, one.Code);
        Assert.Contains("rnnlm: All trials but one were refused, so that nothing was compared. Trial 2: ", one.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(shell["best.rnnlm"]));
        var none = Run("--hidden", "50,60", "--projection", "190,196", "--runs", "4", "--epochs", "1");
        Assert.Equal(ExitCode.Failed, none.Code);
        Assert.Contains("rnnlm: All trials were refused, so that nothing was compared. Trial 1: ", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_that_diverges_is_a_line_of_the_table()
    {
        var outcome = Run("--learning-rate", "1e30,0.02", "--runs", "2");
        Assert.Equal(0, outcome.Code);
        Assert.Contains(outcome.Lines, line => line.Contains("diverged", StringComparison.Ordinal) && line.Contains("1e30", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, Run("--learning-rate", "1e30,1e31", "--runs", "2", "--output", shell["none.rnnlm"]).Code);
        Assert.False(File.Exists(shell["none.rnnlm"]));
    }

    [Theory]
    [InlineData("--dropout 0.5..0.1", "--dropout is \"0.5..0.1\"; a range goes from the lesser to the greater")]
    [InlineData("--dropout 0..1", "--dropout is 1; it must be a finite number from 0 to below 1")]
    [InlineData("--dropout 0,0.5,1", "--dropout is 1")]
    [InlineData("--dropout 0,0", "each value of a list stands in it once")]
    [InlineData("--dropout 0..", "--dropout is \"0..\"; a range has two ends")]
    [InlineData("--dropout ..0.5", "--dropout is \"..0.5\"; a range has two ends")]
    [InlineData("--dropout 0.1,,0.2", "--dropout is \"0.1,,0.2\"; there is nothing between two commas")]
    [InlineData("--dropout a..b", "--dropout is \"a\"")]
    [InlineData("--layers 1..2.5", "--layers is \"2.5\"; it must be a whole number")]
    [InlineData("--layers 0..2", "--layers is 0")]
    [InlineData("--layers 1,x", "--layers is \"x\"")]
    [InlineData("--cell lstm,GRU", "Did you mean gru?")]
    [InlineData("--cell lstm..gru", "--cell is \"lstm..gru\"")]
    [InlineData("--tied maybe", "it must be on, off, or on,off")]
    [InlineData("--samples 5", "--samples goes with --softmax sampled")]
    [InlineData("--softmax adaptive --tied on", "--tied does not go with --softmax adaptive")]
    [InlineData("--seed 1,2", "--seed is \"1,2\"; it is the same for all trials")]
    [InlineData("--epochs 1..3", "--epochs is \"1..3\"; it is the same for all trials")]
    [InlineData("--time-limit 5m", "There is no option \"--time-limit\"")]
    [InlineData("--time soon", "--time is \"soon\"")]
    [InlineData("--runs 0", "--runs is 0")]
    [InlineData("--json --json", "--json is given more than once")]
    public void What_is_wrong_with_a_flag_is_said_before_anything_is_read(string flags, string reason)
    {
        string[] arguments = ["sweep", text, "--validation", text, "--output", shell["new.rnnlm"], .. flags.Contains("--time ", StringComparison.Ordinal) ? [] : new[] { "--time", "1h" }, .. flags.Split(' ')];
        var outcome = shell.Run(arguments);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Theory]
    [InlineData("--time is missing", "TEXT --validation TEXT --output OUT")]
    [InlineData("--validation is missing", "TEXT --output OUT --time 1h")]
    [InlineData("TEXT and --output are missing", "--validation TEXT --time 1h")]
    [InlineData("has no sweep; to begin one there, give", "--resume FOLDER --time 1h")]
    [InlineData("are two folders", "TEXT --validation TEXT --output OUT --time 1h --resume FOLDER --checkpoint OTHER")]
    public void What_is_missing_is_said(string reason, string arguments)
    {
        Directory.CreateDirectory(shell["folder"]);
        var outcome = shell.Run(["sweep", .. arguments.Split(' ').Select(word => word switch { "TEXT" => text, "OUT" => shell["new.rnnlm"], "FOLDER" => shell["folder"], "OTHER" => shell["other"], _ => word })]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_a_sweep_is_not_begun_in_again()
    {
        Assert.Equal(0, Run("--learning-rate", "0.05", "--dropout", "0", "--runs", "1", "--checkpoint", shell["folder"]).Code);
        var outcome = Run("--learning-rate", "0.05", "--dropout", "0", "--runs", "1", "--checkpoint", shell["folder"]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("go on with it by --resume", outcome.Error, StringComparison.Ordinal);
        var other = shell.Run("sweep", "--resume", shell["folder"], "--dropout", "0.5");
        Assert.Equal(ExitCode.Misused, other.Code);
        Assert.Contains("has another sweep. --dropout was 0 and is 0.5. Leave it out, or begin another sweep in another folder with --checkpoint.", other.Error, StringComparison.Ordinal);
        var longer = shell.Run("sweep", "--resume", shell["folder"], "--runs", "5");
        Assert.Equal(ExitCode.Misused, longer.Code);
        Assert.EndsWith($"has another sweep. --runs was 1 and is 5. Leave it out, or begin another sweep in another folder with --checkpoint. See rnnlm sweep --help.{Environment.NewLine}", longer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_within_a_time_ends_in_it()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outcome = shell.Run("sweep", text, "--validation", text, "--output", shell["best.rnnlm"], "--time", "3s", "--layers", "1", "--embedding", "8", "--hidden", "8", "--batch", "2", "--window", "5",
            "--learning-rate", "0.001..0.05", "--runs", "3", "--epochs", "2000000000", "--patience", "2000000000", "--threads", "1");
        // A machine may be so slow that nothing is learned in the time; then no trial ends otherwise.
        Assert.True(outcome.Code == 0 || outcome.Error.Contains("Nothing was learned", StringComparison.Ordinal), outcome.Error);
        Assert.DoesNotMatch("completed|failed|refused|diverged", outcome.Output);
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(2));
        Assert.Equal(outcome.Code == 0, File.Exists(shell["best.rnnlm"]));
    }

    private Outcome Run(params string[] flags) => shell.Run(Arguments(flags));

    private string[] Arguments(params string[] flags)
    {
        (string Name, string Value)[] usual = [("--output", shell["best.rnnlm"]), ("--epochs", "3"), ("--tokenizer", "whitespace"), ("--layers", "1"), ("--embedding", "8"), ("--hidden", "8"),
            ("--batch", "2"), ("--window", "5"), ("--threads", "1")];
        return ["sweep", text, "--validation", text, .. usual.Where(flag => !flags.Contains(flag.Name)).SelectMany(flag => new[] { flag.Name, flag.Value }), .. flags];
    }
}

using System.Diagnostics;
using System.Text.Json;
using RnnLm.Cli.Output;
using RnnLm.Tests;

namespace RnnLm.Cli.Tests;

/// <summary>How a training goes on from the checkpoints of a folder, and where it does not.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly string Lines = string.Concat(Enumerable.Range(0, 60).Select(line => $"the cat sat on the mat and {line % 7} dogs saw it\n"));

    private readonly Shell shell = new();
    private readonly string text;

    public ResumeTests() => text = shell.Write("text.txt", Lines);

    public void Dispose() => shell.Dispose();

    [Fact]
    public void An_interrupted_training_says_how_it_goes_on_and_goes_on_with_all_that_it_was_given()
    {
        var held = shell.Write("held.txt", "the dog sat\n");
        string[] options = ["--validation", held, "--tokenizer", "text", "--lower-case", "--vocabulary-size", "14", "--minimum-count", "2", "--seed", "9", "--patience", "2"];
        Assert.Equal(0, shell.Run(Training("whole.rnnlm", 4, options)).Code);

        var outcome = shell.RunUntil("Epoch 2 of", [.. Training("m.rnnlm", 4, options), "--checkpoint", shell["c"]]);
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.EndsWith($"The model is in \"{shell["m.rnnlm"]}\".{Environment.NewLine}{HowToGoOn()}", outcome.Error, StringComparison.Ordinal);

        outcome = shell.Run("train", "--resume", shell["c"]);
        Assert.Equal(0, outcome.Code);
        Assert.Single(outcome.Error.Split('\n'), line => line.StartsWith("Training goes on from ", StringComparison.Ordinal));
        Assert.DoesNotContain("Go on with", outcome.Error);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
    }

    [Fact]
    public void Interrupted_when_it_goes_on_it_leaves_a_better_model_in_its_file()
    {
        string[] options = ["--validation", text, "--seed", "9"];
        shell.RunUntil("Epoch 2 of", [.. Training("m.rnnlm", 20, options), "--checkpoint", shell["c"]]);
        Assert.Equal(0, shell.Run(Training("better.rnnlm", 20, options)).Code);
        File.Copy(shell["better.rnnlm"], shell["m.rnnlm"], overwrite: true);
        var outcome = shell.RunUntil("Epoch 3 of", "train", "--resume", shell["c"]);
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Contains($"\"{shell["m.rnnlm"]}\" has a better model", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith(HowToGoOn(), outcome.Error, StringComparison.Ordinal);
        Comparison.AssertSame(shell["better.rnnlm"], shell["m.rnnlm"]);
        Assert.True(LanguageModel.Load(shell["m.rescued.rnnlm"]).Training.Figures["validation_perplexity"] > LanguageModel.Load(shell["m.rnnlm"]).Training.Figures["validation_perplexity"]);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"]).Code);
        Comparison.AssertSame(shell["better.rnnlm"], shell["m.rnnlm"]);
    }

    [Fact]
    public void Interrupted_before_anything_is_learned_it_goes_on_too()
    {
        Assert.Equal(0, shell.Run(Training("whole.rnnlm", 2)).Code);
        var outcome = shell.RunUntil("Training begins", [.. Training("m.rnnlm", 2), "--checkpoint", shell["c"]]);
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.EndsWith($"Nothing was learned yet; no model was written.{Environment.NewLine}{HowToGoOn()}", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"]).Code);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
    }

    [Fact]
    public void A_training_whose_time_is_over_goes_on_with_more()
    {
        string[] slow = [.. TrainedShell.SmallTraining(text, shell["m.rnnlm"])[..^4], "--threads", "1", "--learning-rate", "1e-6"];
        var outcome = shell.Run([.. slow, "--time-limit", "0.001s", "--checkpoint", shell["c"]]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.EndsWith(
            $"rnnlm: Nothing was learned within --time-limit; no model was written.{Environment.NewLine}Go on with: rnnlm train --resume {shell["c"]}, with a longer --time-limit{Environment.NewLine}",
            outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--time-limit", "10d").Code);
        slow[Array.IndexOf(slow, "--output") + 1] = shell["whole.rnnlm"];
        Assert.Equal(0, shell.Run([.. slow, "--time-limit", "10d"]).Code);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
    }

    [Fact]
    public void A_training_whose_schedule_spans_it_is_not_advised_to_go_on_for_longer_and_the_refusal_says_why()
    {
        string[] cycle = [.. TrainedShell.SmallTraining(text, shell["m.rnnlm"])[..^4], "--threads", "1", "--schedule", "one-cycle", "--learning-rate", "1e-6"];
        var outcome = shell.Run([.. cycle, "--time-limit", "0.001s", "--checkpoint", shell["c"]]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.DoesNotContain("Go on with", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith($"Begin anew with a longer --time-limit, in another folder with --checkpoint.{Environment.NewLine}", outcome.Error, StringComparison.Ordinal);
        var resumed = shell.Run("train", "--resume", shell["c"], "--time-limit", "10d");
        Assert.Equal(ExitCode.Misused, resumed.Code);
        Assert.Contains("--time-limit was 0.001s and is 10d. The learning rate's course follows from the length of the run. Leave it out", resumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_is_done_writes_its_model_again_and_with_more_epochs_goes_on()
    {
        Assert.Equal(0, shell.Run(Training("long.rnnlm", 5)).Code);
        var outcome = shell.Run([.. Training("m.rnnlm", 2), "--checkpoint", shell["c"]]);
        Assert.Equal(0, outcome.Code);
        Assert.DoesNotContain("Go on with", outcome.Error);
        Assert.NotEmpty(Directory.EnumerateFiles(shell["c"]));

        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "-o", shell["again.rnnlm"]).Code);
        Comparison.AssertSame(shell["m.rnnlm"], shell["again.rnnlm"]);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--epochs", "5").Code);
        Comparison.AssertSame(shell["long.rnnlm"], shell["again.rnnlm"]);
    }

    [Fact]
    public void What_is_given_anew_takes_the_place_of_what_was_and_stays()
    {
        Begin("--validation", shell.Write("held.txt", "the dog sat\n"));
        var other = shell.Write("a=b 'c'.txt", Lines);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--output=" + shell["=new.rnnlm"], "--epochs", "3", "--json", "--", other).Code);
        File.Delete(text);
        File.Delete(shell["=new.rnnlm"]);
        var outcome = shell.Run("train", "--resume", shell["c"], "--epochs", "4", "--time-limit", "1h", "--patience", "9");
        Assert.Equal(0, outcome.Code);
        Assert.Equal("saved", outcome.Json[^1].GetProperty("event").GetString());
        Assert.True(File.Exists(shell["=new.rnnlm"]));
        Assert.StartsWith("rnnlm train --resume=", outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>What was given first, what is given anew, and how it is refused.</summary>
    public static TheoryData<string, string, string> EveryDifference { get; } = new()
    {
        { "", "--cell gru", "--cell was lstm and is gru." },
        { "", "--layers 2", "--layers was 1 and is 2." },
        { "", "--embedding 17", "--embedding was 16 and is 17." },
        { "", "--hidden 17", "--hidden was 16 and is 17." },
        { "", "--projection 8", "--projection was not given and is 8." },
        { "--projection 8", "--projection 4", "--projection was 8 and is 4." },
        { "", "--forget-bias 2", "--forget-bias was 0 and is 2." },
        { "", "--tied", "--tied is given now, and was not." },
        { "--preset small", "--no-tied", "--no-tied is given now, and was not." },
        { "--preset small", "--no-random-window", "--no-random-window is given now, and was not." },
        { "--preset small", "--no-partial-shuffle", "--no-partial-shuffle is given now, and was not." },
        { "", "--preset small", "--preset was not given and is small." },
        { "", "--dropout 0.1", "--dropout was 0 and is 0.1." },
        { "", "--input-dropout 0.1", "--input-dropout was not given and is 0.1." },
        { "--input-dropout 0.2", "--input-dropout 0.1", "--input-dropout was 0.2 and is 0.1." },
        { "", "--hidden-dropout 0", "--hidden-dropout was not given and is 0." },
        { "", "--output-dropout 0.1", "--output-dropout was not given and is 0.1." },
        { "", "--embedding-dropout 0.1", "--embedding-dropout was not given and is 0.1." },
        { "", "--weight-dropout 0.1", "--weight-dropout was not given and is 0.1." },
        { "--weight-dropout 0.2", "--weight-dropout 0", "--weight-dropout was 0.2 and is 0." },
        { "", "--activation-penalty 2", "--activation-penalty was not given and is 2." },
        { "", "--temporal-activation-penalty 1", "--temporal-activation-penalty was not given and is 1." },
        { "", "--softmax sampled --samples 5", "--softmax was full and is sampled. --samples was not given and is 5." },
        { "--softmax sampled", "--samples 5", "--samples was 1024 and is 5." },
        { "--softmax sampled --samples 5", "--sampler unigram", "--sampler was log-uniform and is unigram." },
        { "--softmax adaptive --cutoffs 4,6", "--cutoffs 4,8", "--cutoffs was 4,6 and is 4,8." },
        { "", "--optimizer adamw", "--optimizer was adam and is adamw." },
        { "", "--optimizer sgd --learning-rate 1", "--optimizer was adam and is sgd. --learning-rate was 0.02 and is 1." },
        { "", "--weight-decay 0.1", "--weight-decay was 0 and is 0.1." },
        { "", "--beta1 0.8", "--beta1 was 0.9 and is 0.8." },
        { "", "--beta2 0.99", "--beta2 was 0.999 and is 0.99." },
        { "", "--epsilon 1e-6", "--epsilon was 1E-08 and is 1e-6." },
        { "", "--schedule constant", "--schedule was plateau and is constant." },
        { "--validation TEXT", "--annealing 0.5", "--annealing was 0.25 and is 0.5." },
        { "--validation TEXT", "--undo", "--undo is given now, and was not." },
        { "--schedule one-cycle", "--warmup 0.2", "--warmup was 0.3 and is 0.2." },
        { "--schedule one-cycle", "--start-divisor 9", "--start-divisor was 25 and is 9." },
        { "--schedule one-cycle", "--final-divisor 9", "--final-divisor was 10000 and is 9." },
        { "--schedule one-cycle", "--curve linear", "--curve was cosine and is linear." },
        { "--schedule one-cycle --highest-beta1 0.9 --lowest-beta1 0.8", "--highest-beta1 0.95", "--highest-beta1 was 0.9 and is 0.95." },
        { "--schedule one-cycle --highest-beta1 0.9 --lowest-beta1 0.8", "--lowest-beta1 0.7", "--lowest-beta1 was 0.8 and is 0.7." },
        { "--schedule cosine", "--final-share 0.1", "--final-share was 0 and is 0.1." },
        { "--schedule cosine", "--epochs 99", "--epochs was 2 and is 99. The learning rate's course follows from the length of the run." },
        { "", "--average exponential", "--average was not given and is exponential." },
        { "--average exponential", "--average-every 5", "--average-every was 10 and is 5." },
        { "--average exponential", "--average-decay 0.9", "--average-decay was 0.999 and is 0.9." },
        { "--average exponential", "--average-start 0.5", "--average-start was 0.6666666666666666 and is 0.5." },
        { "--average triggered --validation TEXT", "--nonmonotone-interval 3", "--nonmonotone-interval was 5 and is 3." },
        { "", "--clip 2", "--clip was 0.25 and is 2." },
        { "", "--batch 3", "--batch was 2 and is 3." },
        { "", "--state-reset 0", "--state-reset was 0.1 and is 0." },
        { "", "--window 6", "--window was 5 and is 6." },
        { "", "--random-window", "--random-window is given now, and was not." },
        { "", "--partial-shuffle", "--partial-shuffle is given now, and was not." },
        { "", "--seed 2", "--seed was 1 and is 2." },
        { "", "--threads 2", "--threads was 1 and is 2." },
        { "", "--tokenizer text --lower-case", "--tokenizer was whitespace and is text. --lower-case is given now, and was not." },
        { "--vocabulary-size 12", "--vocabulary-size 9", "--vocabulary-size was 12 and is 9." },
        { "", "--minimum-count 20", "--minimum-count was not given and is 20." },
        { "", "--validation TEXT", "--validation was not given and is TEXT." },
        { "", "--initial MODEL", "--initial was not given and is MODEL." },
        { "--initial MODEL", "--initial OTHER", "--initial was MODEL and is OTHER." },
        { "--initial MODEL", "--initial LARGER", "--initial was MODEL and is LARGER." },
        { "--initial MODEL", "--extend-vocabulary", "--extend-vocabulary is given now, and was not." },
    };

    /// <summary>What may be given anew, and what needs another engine.</summary>
    private static readonly string[] MayDiffer =
        ["--output", "--epochs", "--time-limit", "--patience", "--json", "--history", "--checkpoint", "--checkpoint-every", "--resume", "--engine", "--device", "--libtorch",
        "--synchronization", "--synchronize-every", "--outer-rate", "--outer-momentum"];

    [Theory]
    [MemberData(nameof(EveryDifference))]
    public void What_decides_what_is_learned_cannot_be_given_anew(string first, string anew, string reason)
    {
        if ((first + anew).Contains("--initial", StringComparison.Ordinal)) MakeModels();
        // A network of another shape is not asked for by flags as well.
        Begin(WithFiles(first), besides: anew.EndsWith("LARGER", StringComparison.Ordinal) ? ["--layers", "--embedding", "--hidden"] : []);
        var files = FilesOf("c");
        var outcome = shell.Run(["train", "--resume", shell["c"], .. WithFiles(anew)]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        var right = anew.Split(' ')[0] switch
        {
            "--validation" => "Give the text that it was",
            "--initial" when first.Length == 0 => "An initial model cannot be added to a training that goes on. Leave it out",
            "--initial" => "Give the model that it was",
            _ => anew.Split("--").Length > 2 ? "Leave them out" : "Leave it out",
        };
        Assert.EndsWith(
            $"rnnlm: This is not the training of the checkpoint. {string.Join(' ', WithFiles(reason))} {right}, or begin a new training in another folder with --checkpoint. See rnnlm train --help.{Environment.NewLine}",
            outcome.Error);
        Assert.Equal(files, FilesOf("c"));
    }

    [Theory]
    [InlineData("--layers --embedding --hidden", "LARGER", "The embedding size of --initial, \"MODEL\", was 16 and is 24. The hidden size of --initial, \"MODEL\", was 16 and is 24. The tied of")]
    [InlineData("--layers --embedding --hidden", "OTHER", "--initial, \"MODEL\", was a model of 2,")]
    [InlineData("--tokenizer", "WORDS", "The tokenizer of --initial, \"MODEL\", was name whitespace")]
    [InlineData("--tokenizer", "MORE", "--initial, \"MODEL\", was a model of 2,")]
    public void An_initial_model_that_is_not_what_it_was_is_named(string besides, string other, string reason)
    {
        MakeModels();
        Begin(["--initial", shell["MODEL"]], besides.Split(' '));
        File.Copy(shell[other], shell["MODEL"], overwrite: true);
        var outcome = shell.Run("train", "--resume", shell["c"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains($"rnnlm: This is not the training of the checkpoint. {reason.Replace("MODEL", shell["MODEL"])}", outcome.Error);
        Assert.EndsWith($" Give the model that it was, or begin a new training in another folder with --checkpoint.{Environment.NewLine}", outcome.Error);
        Assert.DoesNotMatch("--(vocabulary|tokenizer|hidden|tied)|TEXT", outcome.Error.Split("rnnlm: ")[^1]);
    }

    [Fact]
    public void An_initial_model_in_another_place_is_right()
    {
        MakeModels();
        Begin("--initial", shell["MODEL"]);
        File.Move(shell["MODEL"], shell["moved"]);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--initial", shell["moved"], "--epochs", "3").Code);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--epochs", "4").Code);
    }

    [Theory]
    [InlineData("TEXT")]
    [InlineData("--validation")]
    [InlineData("--initial")]
    public void A_file_that_is_gone_is_put_back_or_given_anew(string flag)
    {
        MakeModels();
        var held = shell.Write("held.txt", "the dog sat\n");
        Begin("--initial", shell["MODEL"], "--validation", held);
        var gone = flag switch { "TEXT" => text, "--initial" => shell["MODEL"], _ => held };
        File.Move(gone, shell["moved"]);
        var outcome = shell.Run("train", "--resume", shell["c"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Equal(
            $"rnnlm: {flag}: there is no file \"{gone}\". Training goes on with what it began with: put it back, or say with {flag} where it is now.{Environment.NewLine}", outcome.Error);
        string[] anew = flag == "TEXT" ? [shell["moved"]] : [flag, shell["moved"], "--"];
        Assert.Equal(0, shell.Run(["train", "--resume", shell["c"], .. anew]).Code);
        // What is given here and now is only wrong.
        outcome = shell.Run(["train", "--resume", shell["c"], .. anew.Select(word => word == shell["moved"] ? shell["nowhere"] : word)]);
        Assert.EndsWith($"{flag}: there is no file \"{shell["nowhere"]}\".{Environment.NewLine}", outcome.Error);
    }

    [Fact]
    public void An_initial_model_that_is_none_any_more_is_told_by_its_flag()
    {
        MakeModels();
        Begin("--initial", shell["MODEL"]);
        File.WriteAllText(shell["MODEL"], "something else");
        var outcome = shell.Run("train", "--resume", shell["c"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains($"rnnlm: --initial: \"{shell["MODEL"]}\"", outcome.Error);
    }

    [LinuxTheory]
    [InlineData("file")]
    [InlineData("symbolic link")]
    [InlineData("hard link")]
    public void The_initial_model_is_never_the_output_of_a_training_with_checkpoints(string kind)
    {
        MakeModels();
        var other = kind == "file" ? shell["MODEL"] : shell["link"];
        if (kind == "symbolic link") File.CreateSymbolicLink(other, "MODEL");
        if (kind == "hard link") Link(shell["MODEL"], other);
        Refuse([.. Training("link", 1).Select(word => word == shell["link"] ? other : word), "--initial", shell["MODEL"], "--checkpoint", shell["d"]]);
        Assert.False(Directory.Exists(shell["d"]));

        Begin("--initial", shell["MODEL"]);
        Refuse(["train", "--resume", shell["c"], "--output", other, "--epochs", "3"]);
        Refuse(["train", "--resume", shell["c"], "--initial", shell["m.rnnlm"]]);

        void Refuse(string[] arguments)
        {
            var before = File.ReadAllBytes(shell["MODEL"]);
            var outcome = shell.Run(arguments);
            Assert.Equal(ExitCode.Misused, outcome.Code);
            Assert.Contains("--initial and --output are one file", outcome.Error);
            Assert.Equal(before, File.ReadAllBytes(shell["MODEL"]));
        }

        static void Link(string path, string link)
        {
            using var process = Process.Start("ln", [path, link]);
            process.WaitForExit();
        }
    }

    [Fact]
    public void A_text_in_a_relative_path_that_is_not_what_it_was_is_named_as_one_that_was_not_given_anew()
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, text);
        Assert.Equal(0, shell.Run([.. Training("m.rnnlm", 2).Select(word => word == text ? relative : word), "--checkpoint", shell["c"]]).Code);
        shell.Write("text.txt", Lines + "and went\n");
        foreach (var again in (string[][])[[], [relative], [text]])
            Assert.Contains($"TEXT, \"{(again is [var path] ? path : text)}\", was 720 words (", shell.Run(["train", "--resume", shell["c"], .. again]).Error);
    }

    [Fact]
    public void A_flag_of_another_choice_is_explained_whether_it_was_given_before_or_now()
    {
        Begin();
        foreach (var folder in (string[])[shell["c"], Directory.CreateDirectory(shell["d"]).FullName])
        {
            var outcome = shell.Run("train", "--resume", folder, "--samples", "5");
            Assert.Equal(ExitCode.Misused, outcome.Code);
            Assert.Contains("--samples goes with --softmax sampled", outcome.Error);
        }
    }

    [Fact]
    public void Every_flag_is_tried_or_may_differ()
    {
        var terminal = new Terminal(() => Stream.Null, TextWriter.Null, TextWriter.Null);
        var options = RnnLmCommand.Declare(["train"], terminal, CancellationToken.None).Subcommands.Single().Options.Select(option => option.Name);
        var tried = EveryDifference.SelectMany(row => ((string)row[1]).Split(' ')).Where(word => word.StartsWith("--", StringComparison.Ordinal));
        Assert.Equal(options.Order(), tried.Concat(MayDiffer).Distinct().Order());
    }

    [Fact]
    public void What_no_flag_sets_is_told_by_its_name()
    {
        BeginElsewhere([], options => options.BatchMode = BatchMode.Rows);
        var outcome = shell.Run([.. Training("m.rnnlm", 2), "--resume", shell["c"], "--state-reset", "0.2"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("batch mode was rows and is streams. --state-reset was not given and is 0.2. Give all that it was, or", outcome.Error);
    }

    [Fact]
    public void A_text_that_is_not_what_it_was_is_named()
    {
        var held = shell.Write("held.txt", "the dog sat\n");
        Begin("--validation", held);
        shell.Write("held.txt", "the dog sat on it\n");
        Refuse($"--validation, \"{held}\", was 4 words (", "Give the text that it was, or begin");
        shell.Write("text.txt", Lines + "and went\n");
        Refuse($"TEXT, \"{text}\", was 720 words (", $"--validation, \"{held}\", was 4 words (");
        Refuse("TEXT was", held, "--", held);

        void Refuse(string reason, string other, params string[] added)
        {
            var outcome = shell.Run(["train", "--resume", shell["c"], .. added]);
            Assert.Equal(added.Length > 0 ? ExitCode.Misused : ExitCode.Failed, outcome.Code);
            Assert.Contains(reason, outcome.Error);
            Assert.Contains(other, outcome.Error);
            Assert.DoesNotContain("--vocabulary", outcome.Error);
        }
    }

    [Theory]
    [InlineData("-")]
    [InlineData("/dev/stdin")]
    public void Text_from_standard_input_is_given_again(string name)
    {
        if (name != "-" && !OperatingSystem.IsLinux()) return;
        string[] first = [.. Training("m.rnnlm", 2), "--checkpoint", shell["c"]];
        first[1] = name;
        if (name == "-")
        {
            Assert.Equal(0, shell.RunWithInput(Lines, first).Code);
        }
        else
        {
            using var running = RunningCommand.StartRedirected($"< \"{text}\"", first);
            Assert.Equal(0, running.Wait().Code);
        }
        var outcome = shell.Run("train", "--resume", shell["c"], "--epochs", "3");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains($"TEXT was {(name == "-" ? "standard input" : "\"/dev/stdin\"")}, which is not there to be read again; give TEXT anew.", outcome.Error);

        Assert.Equal(0, shell.RunWithInput(Lines, "train", "-", "--resume", shell["c"], "--epochs", "3").Code);
        Assert.Equal(0, shell.Run(Training("long.rnnlm", 3)).Code);
        Comparison.AssertSame(shell["long.rnnlm"], shell["m.rnnlm"]);
    }

    [Fact]
    public void Of_text_from_standard_input_it_is_said_that_it_must_be_given_again()
    {
        string[] arguments = [.. Training("m.rnnlm", 1000), "--checkpoint", shell["c"], "--time-limit", "1s"];
        arguments[1] = "-";
        var outcome = shell.RunWithInput(Lines, arguments);
        Assert.Equal(0, outcome.Code);
        Assert.EndsWith($"Go on with: rnnlm train --resume {shell["c"]}, with a longer --time-limit, and TEXT again{Environment.NewLine}", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_command_line_begins_and_goes_on()
    {
        Assert.Equal(0, shell.Run(Training("whole.rnnlm", 4)).Code);
        Directory.CreateDirectory(shell["c"]);
        var outcome = shell.RunUntil("Epoch 2 of", [.. Training("m.rnnlm", 4), "--resume", shell["c"]]);
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.StartsWith($"\"{shell["c"]}\" has no checkpoint yet; training begins.", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(0, shell.Run([.. Training("m.rnnlm", 4), "--resume", shell["c"], "--checkpoint", Path.Combine(shell.Folder, ".", "c")]).Code);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
    }

    [Fact]
    public void A_folder_that_has_no_checkpoint_is_not_gone_on_from()
    {
        var folder = Directory.CreateDirectory(shell["c"]).FullName;
        var outcome = shell.Run("train", "--resume", folder, "--epochs", "3");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains($"--resume: \"{folder}\" has no checkpoint; to begin a training there, give TEXT and --output.", outcome.Error);
        outcome = shell.Run("train", "--resume", shell["nowhere"]);
        Assert.Equal((ExitCode.Failed, $"rnnlm: --resume: there is no folder \"{shell["nowhere"]}\".{Environment.NewLine}"), (outcome.Code, outcome.Error));
        outcome = shell.Run("train", "--resume", text);
        Assert.Equal((ExitCode.Failed, $"rnnlm: --resume: \"{text}\" is a file; name the folder of the checkpoints.{Environment.NewLine}"), (outcome.Code, outcome.Error));
        Assert.Equal(["c", "text.txt"], shell.Files);
    }

    [Fact]
    public void Files_of_others_are_left_alone()
    {
        Directory.CreateDirectory(shell["c/step-7"]);
        foreach (var name in (string[])["notes.txt", "step-.checkpoint", "step-x.checkpoint", "step-1.checkpoint.bak", ".step-1.checkpoint", "m.rnnlm"]) shell.Write($"c/{name}", "something good");
        var strangers = FilesOf("c");
        Assert.Equal(0, shell.Run([.. Training("c/new.rnnlm", 1), "--checkpoint", shell["c"], "--checkpoint-every", "5"]).Code);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--epochs", "2").Code);
        Assert.Empty(strangers.Except(FilesOf("c")));
        foreach (var file in strangers.Where(File.Exists)) Assert.Equal("something good", File.ReadAllText(file));
    }

    [Fact]
    public void A_new_training_does_not_mix_with_the_checkpoints_of_another()
    {
        Begin();
        var files = FilesOf("c");
        var outcome = shell.Run([.. Training("m.rnnlm", 2), "--checkpoint", shell["c"]]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains($"--checkpoint: \"{shell["c"]}\" has the checkpoints of a training; go on with it by --resume, or name another folder.", outcome.Error);
        outcome = shell.Run("train", "--checkpoint", shell["d"], "--resume", shell["c"]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--checkpoint and --resume are two folders", outcome.Error);
        Assert.Equal(files, FilesOf("c"));
        Assert.False(Directory.Exists(shell["d"]));
    }

    [Theory]
    [InlineData(ExitCode.Misused, "--output is \"c\", which --checkpoint will make a folder; name another.", "c", "c")]
    [InlineData(ExitCode.Misused, "--output is \"c\", which --checkpoint will make a folder; name another.", "c", "c/d/e")]
    [InlineData(ExitCode.Failed, "\"c\" is a file; name a folder.", "m", "c", "c")]
    [InlineData(ExitCode.Failed, "\"c\" is a file; name a folder.", "m", "c/d", "c")]
    [InlineData(ExitCode.Failed, "--checkpoint: nothing can be written in \"/proc\": ", "m", "/proc/nothing")]
    public void A_folder_in_which_nothing_can_be_written_is_named_before_anything_is_read(int code, string reason, string output, string folder, string? file = null)
    {
        if (folder.StartsWith("/proc", StringComparison.Ordinal) && !OperatingSystem.IsLinux()) return;
        if (file is not null) shell.Write(file, "something good");
        var files = shell.Files.ToArray();
        var outcome = shell.Run([.. Training(output, 1), "--checkpoint", shell[folder]]);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(reason, outcome.Error.Replace(shell.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        Assert.DoesNotContain("Training begins", outcome.Error);
        Assert.Equal(files, shell.Files);
    }

    [UnprivilegedFact]
    public void A_folder_that_may_not_be_written_to_is_named_before_anything_is_read()
    {
        var folder = Directory.CreateDirectory(shell["c"]);
        if (!OperatingSystem.IsWindows()) folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
        var outcome = shell.Run([.. Training("m.rnnlm", 1), "--checkpoint", folder.FullName]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains($"--checkpoint: nothing can be written in \"{folder.FullName}\": ", outcome.Error);
    }

    [Fact]
    public void A_damaged_checkpoint_is_passed_over_and_said_and_where_none_is_whole_each_is()
    {
        Assert.Equal(0, shell.Run(Training("whole.rnnlm", 4)).Code);
        Begin("--checkpoint-every", "40");
        var (newest, before) = FilesOf("c").OrderDescending().ToArray() is [var first, var second] ? (first, second) : throw new InvalidOperationException();
        Damage(newest);
        var outcome = shell.Run("train", "--resume", shell["c"], "--epochs", "4", "--output", shell["m.rnnlm"]);
        Assert.Equal(0, outcome.Code);
        Assert.Single(outcome.Error.Split('\n'), line => line.StartsWith($"\"{newest}\" is no whole checkpoint and was passed over: ", StringComparison.Ordinal));
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);

        foreach (var file in FilesOf("c")) Damage(file);
        var files = FilesOf("c");
        outcome = shell.Run("train", "--resume", shell["c"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.All(files, file => Assert.Contains(file, outcome.Error));
        Assert.Equal(files, FilesOf("c"));
        Assert.NotEqual(before, newest);

        static void Damage(string file)
        {
            var bytes = File.ReadAllBytes(file);
            bytes[^1] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
    }

    [Theory]
    [InlineData(null, null, "has checkpoints without a command line, so give all of it; TEXT and --output are missing.")]
    [InlineData("{}", null, "has checkpoints without a command line")]
    [InlineData("[", "/", "is kept in the checkpoint is none; give all of it again.")]
    [InlineData("[]", "/", "is kept in the checkpoint is none; give all of it again.")]
    [InlineData("null", "/", "is kept in the checkpoint is none; give all of it again.")]
    [InlineData("""{"TEXT":null}""", "/", "is kept in the checkpoint is none; give all of it again.")]
    [InlineData("""{"TEXT":[null]}""", "/", "is kept in the checkpoint is none; give all of it again.")]
    [InlineData("""{"TEXT":["a"]}""", "relative", "is kept in the checkpoint is none; give all of it again.")]
    [InlineData("""{"--nonsense":["a"]}""", "/", "There is no option \"--nonsense\".")]
    [InlineData("""{"--epochs":["many"]}""", "/", "--epochs is \"many\"; it must be a whole number")]
    [InlineData("""{"--json":["a","b"]}""", "/", "--json")]
    public void A_checkpoint_that_keeps_no_command_line_of_ours_asks_for_all_of_it(string? commandLine, string? folder, string reason)
    {
        if (folder == "/") folder = Path.GetPathRoot(shell.Folder);
        BeginElsewhere(new[] { KeyValuePair.Create("command_line", commandLine), KeyValuePair.Create("working_directory", folder) });
        var outcome = shell.Run("train", "--resume", shell["c"]);
        Assert.NotEqual(ExitCode.Done, outcome.Code);
        Assert.Contains(reason, outcome.Error);
        Assert.DoesNotContain("should not have happened", outcome.Error);
    }

    [Fact]
    public void A_training_of_another_program_goes_on_with_a_command_line_of_its_own()
    {
        BeginElsewhere([]);
        Assert.Equal(0, shell.Run([.. Training("m.rnnlm", 3), "--resume", shell["c"]]).Code);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"]).Code);
        var outcome = shell.Run([.. Training("m.rnnlm", 3), "--resume", shell["c"], "--seed", "2", "--output", shell["n"]]);
        Assert.Equal(ExitCode.Misused, outcome.Code); // --output twice
    }

    [Fact]
    public void A_flag_without_effect_that_an_earlier_command_line_has_stays_and_is_refused_anew()
    {
        var training = Training("m.rnnlm", 1);
        var kept = Enumerable.Range(1, training.Length / 2 - 1).ToDictionary(pair => training[2 * pair], pair => new[] { training[(2 * pair) + 1] });
        kept.Add("TEXT", [text]);
        kept.Add("--annealing", ["0.5"]);
        kept.Add("--patience", ["2"]);
        BeginElsewhere(
            [KeyValuePair.Create("command_line", (string?)JsonSerializer.Serialize(kept)), KeyValuePair.Create("working_directory", (string?)shell.Folder)],
            options => (options.Schedule, options.Patience) = (new PlateauSchedule { Factor = 0.5 }, 2));
        var outcome = shell.Run("train", "--resume", shell["c"]);
        Assert.True(outcome.Code == 0, outcome.Error);
        outcome = shell.Run("train", "--resume", shell["c"], "--patience", "3");
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--patience goes with --validation", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_does_not_decide_what_native_code_is_loaded()
    {
        BeginElsewhere([KeyValuePair.Create("command_line", (string?)"""{"--libtorch":["/somewhere"]}"""), KeyValuePair.Create("working_directory", (string?)shell.Folder)]);
        // It would not go with the managed engine.
        Assert.Equal(0, shell.Run([.. Training("m.rnnlm", 3), "--resume", shell["c"]]).Code);
    }

    [Fact]
    public void Programs_are_told_of_checkpoints()
    {
        var first = shell.Run([.. Training("m.rnnlm", 1), "--checkpoint", shell["c"], "--checkpoint-every", "40", "--json"]).Json;
        var written = first.Where(line => line.GetProperty("event").GetString() == "checkpointWritten").ToArray();
        Assert.Equal([0, 40, 72], written.Select(line => line.GetProperty("step").GetInt32()));
        Assert.All(written, line => Assert.Equal(1, line.GetProperty("epoch").GetInt32()));
        Assert.Equal(new FileInfo(written[^1].GetProperty("path").GetString()!).Length, written[^1].GetProperty("bytes").GetInt64());
        var resumed = shell.Run("train", "--resume", shell["c"], "--epochs", "2").Json.Single(line => line.GetProperty("event").GetString() == "resumed");
        Assert.Equal(72, resumed.GetProperty("step").GetInt32());
        Assert.Equal(written[^1].GetProperty("path").GetString(), resumed.GetProperty("checkpoint").GetString());
        Assert.Equal(0, resumed.GetProperty("passedOver").GetArrayLength());
    }

    /// <summary>Trains for two epochs, with checkpoints.</summary>
    private void Begin(params string[] options) => Begin(options, []);

    /// <summary>Trains for two epochs, with checkpoints and without some flags, which have a value each.</summary>
    private void Begin(string[] options, string[] besides)
    {
        var training = Training("m.rnnlm", 2);
        training = [.. training.Where((word, index) => !besides.Contains(word) && !besides.Contains(training[Math.Max(0, index - 1)]))];
        var outcome = shell.Run([.. training, "--checkpoint", shell["c"], .. options]);
        Assert.True(outcome.Code == 0, outcome.Error);
    }

    /// <summary>
    /// Makes models to go on from: <c>MODEL</c>, <c>OTHER</c> of the same shape, <c>LARGER</c>, and <c>WORDS</c> and <c>MORE</c> of other tokenizers. They know fewer
    /// words than the text has.
    /// </summary>
    private void MakeModels()
    {
        var few = shell.Write("few.txt", string.Concat(Enumerable.Repeat("the cat sat on the mat\n", 20)));
        foreach (var (name, options) in new[]
        {
            ("MODEL", []), ("OTHER", (string[])["--seed", "2"]), ("LARGER", ["--hidden", "24", "--tied", "--embedding", "24"]),
            ("WORDS", ["--tokenizer", "text", "--lower-case"]), ("MORE", ["--tokenizer", "text", "--seed", "3"]),
        })
        {
            var training = TrainedShell.SmallTraining(few, shell[name], epochs: 1);
            training = [.. training.Where((word, index) => !options.Contains(word) && !options.Contains(training[Math.Max(0, index - 1)]))];
            Assert.Equal(0, shell.Run([.. training, .. options]).Code);
        }
    }

    /// <summary>The words of a line, the names of files among them as their paths.</summary>
    private string[] WithFiles(string line) =>
    [
        .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('.') switch
        {
            "TEXT" => word.Replace("TEXT", text, StringComparison.Ordinal),
            "MODEL" or "OTHER" or "LARGER" => shell[word],
            _ => word,
        }),
    ];

    /// <summary>Trains by the library, with the options of <see cref="Training"/> and notes.</summary>
    private void BeginElsewhere(IEnumerable<KeyValuePair<string, string?>> notes, Action<TrainingOptions>? change = null)
    {
        var options = new TrainingOptions
        {
            Layers = 1,
            EmbeddingSize = 16,
            HiddenSize = 16,
            Dropout = 0,
            BatchSize = 2,
            Window = 5,
            Epochs = 1,
            Optimizer = new Adam { LearningRate = 0.02 },
            Threads = 1,
            Checkpoint = new CheckpointOptions { Folder = shell["c"], Notes = notes.Where(note => note.Value is not null).ToDictionary(note => note.Key, note => note.Value!) },
        };
        change?.Invoke(options);
        new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, TextLines.Read(text));
    }

    private string[] Training(string model, int epochs, params string[] options)
    {
        var training = TrainedShell.SmallTraining(text, shell[model], epochs);
        // A flag is given once.
        var given = options.Where(option => option.StartsWith("--", StringComparison.Ordinal)).ToHashSet();
        var place = Array.IndexOf(training, "--tokenizer");
        return [.. given.Contains("--tokenizer") ? training.Where((_, index) => index != place && index != place + 1) : training, .. options];
    }

    private string HowToGoOn() => $"Go on with: rnnlm train --resume {shell["c"]}{Environment.NewLine}";

    private string[] FilesOf(string folder) => [.. Directory.EnumerateFileSystemEntries(shell[folder]).Order(StringComparer.Ordinal)];
}

using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class UsageTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private static readonly string[] Verbs = ["train", "learning-rate", "plot", "encode", "ngram", "evaluate", "predict", "suggest", "score", "fill", "suspects", "embed", "rescore", "generate", "explain", "summarize", "serve", "info", "tune", "quantize", "extract", "ensemble", "import", "export", "completion"];

    /// <summary>What is asked of a value, by the flags that ask it.</summary>
    private static readonly Dictionary<string, string[]> WrongValues = new()
    {
        ["whole"] = ["2,5", "2.5", "1,000", "0x10", "1e3", " 7", "7 ", "many", "", "99999999999", "NaN", "--json"],
        ["fraction"] = ["0,5", "1,000.5", "1.000,5", "0x1", "some", "", "NaN", "Infinity", "1e999", "1 000", "--json"],
        ["time"] = ["5", "0,5h", "soon", "", "-1h", "0m", "00:00:00", "1:30", "00:60:00", "1e9h", "NaNs", "99999999d", "+5m", "1.24:00:00"],
        ["frequency"] = ["0,5h", "2.5", "1,000", "0x10", "1e3", "soon", "", "-1h", "0m", "00:00:00", "1:30", "99999999999", "99999999d", "--json"],
        ["fractions"] = ["0,5;1", "1, 2", "x", "", "1,,2", "NaN,1", "1e999", "--json"],
        ["wholes"] = ["4;6", "4, 6", "4.5", "x", "", "6,4"],
        ["layers"] = ["4;6", "4, 6", "4.5", "x", "", "All", "--json"],
        ["choice"] = ["nonsense", "", "LSTM", "Full", "--json"],
        ["file"] = ["", "--json"],
    };

    private static readonly Dictionary<string, (string Kind, string Good, string[] OutOfRange)> Flags = new()
    {
        ["--output"] = ("file", "new.rnnlm", []),
        ["--weights"] = ("file", "new.safetensors", []),
        ["--vocabulary"] = ("file", "new.txt", []),
        ["--onnx"] = ("file", "new.onnx", []),
        ["--next-words"] = ("whole", "3", ["0", "-1"]),
        ["--member-weights"] = ("fractions", "1,0.5", ["1", "0,1", "-1,2", "1,2,3"]),
        ["--validation"] = ("file", "text.txt", []),
        ["--ngram"] = ("file", "model.ngram", []),
        ["--gradients"] = ("file", "text.txt", []),
        ["--words"] = ("whole", "10", ["0", "-1"]),
        ["--time"] = ("time", "1h", []),
        ["--no-cache"] = ("switch", "", []),
        ["--no-dynamic"] = ("switch", "", []),
        ["--plain"] = ("switch", "", []),
        ["--cache"] = ("switch", "", []),
        ["--dynamic"] = ("switch", "", []),
        ["--initial"] = ("file", "model.rnnlm", []),
        ["--extend-vocabulary"] = ("switch", "", []),
        ["--tokenizer"] = ("choice", "text", []),
        ["--lower-case"] = ("switch", "", []),
        ["--vocabulary-size"] = ("whole", "100", ["0", "-1", "1"]),
        ["--minimum-count"] = ("whole", "1", ["0", "-1"]),
        ["--preset"] = ("choice", "small", []),
        ["--no-tied"] = ("switch", "", []),
        ["--no-random-window"] = ("switch", "", []),
        ["--no-partial-shuffle"] = ("switch", "", []),
        ["--cell"] = ("choice", "gru", []),
        ["--layers"] = ("whole", "1", ["0", "-1", "17"]),
        ["--embedding"] = ("whole", "8", ["0", "-1", "16385"]),
        ["--hidden"] = ("whole", "8", ["0", "-1", "16385"]),
        ["--projection"] = ("whole", "4", ["0", "-1", "200"]),
        ["--forget-bias"] = ("fraction", "0.5", ["21", "-20.5"]),
        ["--tied"] = ("switch", "", []),
        ["--dropout"] = ("fraction", "0.5", ["1", "-0.1"]),
        ["--input-dropout"] = ("fraction", "0.5", ["1", "-0.1"]),
        ["--hidden-dropout"] = ("fraction", "0.5", ["1", "-0.1"]),
        ["--output-dropout"] = ("fraction", "0.5", ["1", "-0.1"]),
        ["--embedding-dropout"] = ("fraction", "0.5", ["1", "-0.1"]),
        ["--weight-dropout"] = ("fraction", "0.5", ["1", "-0.1"]),
        ["--activation-penalty"] = ("fraction", "2", ["-0.1"]),
        ["--temporal-activation-penalty"] = ("fraction", "1", ["-0.1"]),
        ["--softmax"] = ("choice", "full", []),
        ["--samples"] = ("whole", "5", ["0", "-1"]),
        ["--sampler"] = ("choice", "unigram", []),
        ["--cutoffs"] = ("wholes", "4,6", ["1", "0,5"]),
        ["--optimizer"] = ("choice", "sgd", []),
        ["--learning-rate"] = ("fraction", "0.5", ["0", "-1"]),
        ["--weight-decay"] = ("fraction", "0.1", ["-1"]),
        ["--beta1"] = ("fraction", "0.8", ["1", "-0.1"]),
        ["--beta2"] = ("fraction", "0.99", ["0", "1"]),
        ["--epsilon"] = ("fraction", "1e-6", ["0", "-1"]),
        ["--schedule"] = ("choice", "constant", []),
        ["--annealing"] = ("fraction", "0.5", ["0", "1.1"]),
        ["--undo"] = ("switch", "", []),
        ["--warmup"] = ("fraction", "0.1", ["1", "-0.1"]),
        ["--start-divisor"] = ("fraction", "10", ["0.5", "0"]),
        ["--final-divisor"] = ("fraction", "10", ["0.5", "0"]),
        ["--curve"] = ("choice", "linear", []),
        ["--highest-beta1"] = ("fraction", "0.95", ["1", "-1"]),
        ["--lowest-beta1"] = ("fraction", "0.8", ["0.96", "-1"]),
        ["--final-share"] = ("fraction", "0.1", ["1.1", "-1"]),
        ["--average"] = ("choice", "none", []),
        ["--average-every"] = ("whole", "5", ["0", "-1"]),
        ["--average-decay"] = ("fraction", "0.9", ["0", "1"]),
        ["--average-start"] = ("fraction", "0.5", ["1", "-0.1"]),
        ["--nonmonotone-interval"] = ("whole", "3", ["0", "-1"]),
        ["--lowest"] = ("fraction", "1e-5", ["0", "-1"]),
        ["--highest"] = ("fraction", "1", ["0", "-1"]),
        ["--steps"] = ("whole", "30", ["0", "-1", "19"]),
        ["--clip"] = ("fraction", "0.5", ["0", "-1"]),
        ["--batch"] = ("whole", "2", ["0", "-1", "999999999"]),
        ["--state-reset"] = ("fraction", "0.5", ["1.1", "-0.1"]),
        ["--window"] = ("whole", "5", ["0", "-1", "999999999"]),
        ["--random-window"] = ("switch", "", []),
        ["--partial-shuffle"] = ("switch", "", []),
        ["--epochs"] = ("whole", "1", ["0", "-1"]),
        ["--time-limit"] = ("time", "1h", []),
        ["--patience"] = ("whole", "1", ["0", "-1"]),
        ["--seed"] = ("whole", "7", []),
        ["--threads"] = ("whole", "1", ["0", "-1", "1025"]),
        ["--engine"] = ("choice", "managed", []),
        ["--device"] = ("text", "cpu", ["gpu", "cuda:x", ""]),
        ["--libtorch"] = ("file", "folder", []),
        ["--synchronization"] = ("choice", "local", []),
        ["--synchronize-every"] = ("whole", "50", ["0", "-1"]),
        ["--outer-rate"] = ("fraction", "0.7", ["0", "-1"]),
        ["--outer-momentum"] = ("fraction", "0.9", ["1", "-0.1"]),
        ["--history"] = ("file", "history.jsonl", []),
        ["--x"] = ("choice", "words", []),
        ["--title"] = ("text", "A title", []),
        ["--checkpoint"] = ("file", "checkpoints", []),
        ["--checkpoint-every"] = ("frequency", "5m", ["0", "-1"]),
        ["--resume"] = ("file", "checkpoints", []),
        ["--order"] = ("whole", "3", ["0", "-1", "17"]),
        ["--memory"] = ("whole", "16", ["0", "-1", "15"]),
        ["--vocabulary-of"] = ("file", "model.rnnlm", []),
        ["--temporary-folder"] = ("file", ".", ["no-such-folder"]),
        ["--json"] = ("switch", "", []),
        ["--lines-apart"] = ("switch", "", []),
        ["--end-of-line"] = ("switch", "", []),
        ["--add-unknown-word"] = ("switch", "", []),
        ["--allow-pickle"] = ("switch", "", []),
        ["--index"] = ("whole", "0", ["-1"]),
        ["--input-format"] = ("choice", "lines", []),
        ["--prefix"] = ("text", "lm_", []),
        ["--column"] = ("text", "NextWord", []),
        ["--by-word"] = ("switch", "", []),
        ["--by-piece"] = ("switch", "", []),
        ["-k"] = ("whole", "3", ["0", "-1", "9"]),
        ["--words"] = ("whole", "3", ["-1"]),
        ["--continuation-confidence"] = ("fraction", "0.5", ["-0.1", "1.1"]),
        ["--edits"] = ("whole", "1", ["-1", "3"]),
        ["--edit-cost"] = ("fraction", "3", ["-1"]),
        ["--confidence"] = ("fraction", "0.1", ["-0.1", "1.1"]),
        ["--blocked"] = ("file", "text.txt", []),
        ["--user"] = ("file", "me.user", []),
        ["--learn"] = ("file", "new.user", []),
        ["--typing"] = ("switch", "", []),
        ["--learn-user"] = ("switch", "", []),
        ["--temperature"] = ("fraction", "0.5", ["0", "-1"]),
        ["--top-k"] = ("whole", "3", ["0", "-1"]),
        ["--format"] = ("choice", "tsv", []),
        ["--scores"] = ("file", "scores.txt", []),
        ["--costs"] = ("switch", "", []),
        ["--weight"] = ("fraction", "0.5", ["-0.1"]),
        ["--penalty"] = ("fraction", "-0.5", []),
        ["--score-weights"] = ("fractions", "0.5", ["-1"]),
        ["--unknown"] = ("choice", "counted", []),
        ["--unknown-log-probability"] = ("fraction", "-5", ["0.1"]),
        ["--conversation"] = ("switch", "", []),
        ["--tune"] = ("file", "said.txt", []),
        ["--characters"] = ("switch", "", []),
        ["--output-format"] = ("choice", "trn", []),
        ["--output-scores"] = ("file", "new-scores.txt", []),
        ["--best-only"] = ("switch", "", []),
        ["--top-p"] = ("fraction", "0.9", ["0", "-0.1", "1.1"]),
        ["--min-p"] = ("fraction", "0.1", ["-0.1", "1.1"]),
        ["--repetition-penalty"] = ("fraction", "1.2", ["0.9", "-1"]),
        ["--minimum-words"] = ("whole", "2", ["-1", "51"]),
        ["--lines"] = ("whole", "2", ["0", "-1"]),
        ["--stop"] = ("text", ".", ["", " "]),
        ["--stop-after"] = ("text", ".", ["", " "]),
        ["--beam"] = ("whole", "2", ["0", "-1", "1025"]),
        ["--length-normalization"] = ("fraction", "0.5", ["-0.1"]),
        ["--alternatives"] = ("whole", "2", ["0", "-1", "3"]),
        ["--ranks"] = ("switch", "", []),
        ["--entropy"] = ("switch", "", []),
        ["--bits"] = ("switch", "", []),
        ["--stream"] = ("switch", "", []),
        ["--unknown-word"] = ("text", "UNK", []),
        ["--end-of-line-word"] = ("text", "</s>", []),
        ["--by"] = ("choice", "embeddings", []),
        ["--candidates"] = ("text", "in,on,at", [",", "", "in,,at"]),
        ["--compared"] = ("whole", "10", ["0", "-1"]),
        ["--following"] = ("whole", "5", ["-1"]),
        ["--gap"] = ("text", "[?]", ["", " "]),
        ["--html"] = ("file", "new.html", []),
        ["--last"] = ("whole", "2", ["0", "-1"]),
        ["--least"] = ("fraction", "1.5", []),
        ["--member"] = ("whole", "0", ["-1"]),
        ["--method"] = ("choice", "gradient", []),
        ["--open-end"] = ("switch", "", []),
        ["--pooling"] = ("choice", "mean", []),
        ["--ranked"] = ("switch", "", []),
        ["--rarity"] = ("fraction", "0.5", ["-0.1", "1.1"]),
        ["--redundancy"] = ("fraction", "0.5", ["-0.1", "1.1"]),
        ["--sentences"] = ("whole", "2", ["0", "-1"]),
        ["--share"] = ("fraction", "0.5", ["0", "-1", "1.1"]),
        ["--shortlist"] = ("whole", "10", ["0", "-1"]),
        ["--state"] = ("choice", "output", []),
        ["--unknown-score"] = ("fraction", "-15", ["0.1"]),
        ["--word"] = ("text", "mat", [""]),
        ["--urls"] = ("text", "http://127.0.0.1:0", ["", "8080", "https://127.0.0.1:1", "http://127.0.0.1:99999", "http://127.0.0.1/path", "http://localhost:0", "http://example.org:80", "http://127.0.0.1:0;", "http://0.0.0.0:0"]),
        ["--api-key"] = ("text", "sk-secret", ["", "two words", "schlüssel"]),
        ["--no-api-key"] = ("switch", "", []),
        ["--name"] = ("text", "cats", [""]),
        ["--across-lines"] = ("switch", "", []),
        ["--requests"] = ("whole", "10", ["0", "-1"]),
        ["--timeout"] = ("time", "5s", ["2d"]),
        ["--body-size"] = ("whole", "1000", ["0", "-1"]),
        ["--prompt-tokens"] = ("whole", "10", ["0", "-1"]),
        ["--tokens"] = ("whole", "10", ["0", "-1"]),
        ["--texts"] = ("whole", "10", ["0", "-1"]),
        ["--no-reload"] = ("switch", "", []),
        ["--otlp"] = ("text", "http://127.0.0.1:4318", ["", "4318", "ftp://127.0.0.1"]),
    };

    /// <summary>What is asked of a flag that means something else, or has another range, with one verb.</summary>
    private static readonly Dictionary<string, (string Kind, string Good, string[] OutOfRange)> FlagsOfVerbs = new()
    {
        ["embed --layers"] = ("layers", "0", ["0,0", "-1"]),
        ["embed --threads"] = ("whole", "1", ["0", "-1"]),
        ["predict --threads"] = ("whole", "1", ["0", "-1"]),
        ["score --threads"] = ("whole", "1", ["0", "-1"]),
        ["fill -k"] = ("whole", "3", ["0", "-1"]),
        ["summarize --lines"] = ("switch", "", []),
        ["suggest -k"] = ("whole", "3", ["0", "-1"]),
        ["suspects -k"] = ("whole", "3", ["0", "-1"]),
    };

    /// <summary>What must be chosen beside a flag that goes with one case only.</summary>
    private static readonly Dictionary<string, string[]> Beside = new()
    {
        ["--samples"] = ["--softmax", "sampled"],
        ["--sampler"] = ["--softmax", "sampled"],
        ["--cutoffs"] = ["--softmax", "adaptive"],
        ["--warmup"] = ["--schedule", "one-cycle"],
        ["--start-divisor"] = ["--schedule", "one-cycle"],
        ["--final-divisor"] = ["--schedule", "one-cycle"],
        ["--curve"] = ["--schedule", "one-cycle"],
        ["--highest-beta1"] = ["--schedule", "one-cycle", "--lowest-beta1", "0.5"],
        ["--lowest-beta1"] = ["--schedule", "one-cycle", "--highest-beta1", "0.95"],
        ["--final-share"] = ["--schedule", "cosine"],
        ["--average-every"] = ["--average", "exponential"],
        ["--average-decay"] = ["--average", "exponential"],
        ["--average-start"] = ["--average", "exponential"],
        ["--nonmonotone-interval"] = ["--average", "triggered"],
        ["--device"] = ["--engine", "torch"],
        ["--libtorch"] = ["--engine", "torch"],
        ["--synchronization"] = ["--engine", "mpi"],
        ["--synchronize-every"] = ["--engine", "mpi"],
        ["--outer-rate"] = ["--engine", "mpi"],
        ["--outer-momentum"] = ["--engine", "mpi"],
        ["--checkpoint-every"] = ["--checkpoint", "checkpoints"],
        ["--scores"] = ["--format", "kaldi"],
        ["--unknown-log-probability"] = ["--unknown", "penalized"],
        ["--length-normalization"] = ["--beam", "2"],
        ["--alternatives"] = ["--beam", "2"],
        ["--ranks"] = ["--by-word"],
        ["--entropy"] = ["--by-word"],
    };

    private static (string Kind, string Good, string[] OutOfRange) FlagOf(string verb, string flag) => FlagsOfVerbs.GetValueOrDefault($"{verb} {flag}", Flags.GetValueOrDefault(flag));

    public static TheoryData<string, string> EveryFlag()
    {
        var data = new TheoryData<string, string>();
        foreach (var verb in Verbs)
            foreach (var option in OptionsOf(verb)) data.Add(verb, option.Name);
        return data;
    }

    public static TheoryData<string> EveryVerb() => [.. Verbs, "sweep"]; // whose flags have values of their own

    [Theory]
    [InlineData("--tied", "--no-tied")]
    [InlineData("--no-random-window", "--random-window")]
    [InlineData("--partial-shuffle", "--no-partial-shuffle")]
    public void A_flag_and_its_opposite_are_refused(string flag, string other)
    {
        var outcome = trained.Shell.Run("train", trained.Text, flag, "--output", trained.Shell["new.rnnlm"], other);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("are both given. Give one of them.", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryFlag))]
    public void A_flag_without_its_value_is_a_usage_error(string verb, string flag)
    {
        if (FlagOf(verb, flag).Kind == "switch") AssertMisused(Run(verb, flag, [$"{flag}=yes"]), flag, verb);
        else AssertMisused(Run(verb, flag, [flag]), flag, verb);
    }

    [Theory]
    [MemberData(nameof(EveryFlag))]
    public void A_flag_that_is_given_twice_is_a_usage_error(string verb, string flag)
    {
        string[] once = FlagOf(verb, flag).Kind == "switch" ? [flag] : [flag, FlagOf(verb, flag).Good];
        AssertMisused(Run(verb, flag, [.. once, .. once]), flag, verb);
    }

    [Theory]
    [MemberData(nameof(EveryFlag))]
    public void A_flag_with_a_value_that_is_none_is_a_usage_error(string verb, string flag)
    {
        foreach (var value in WrongValues.GetValueOrDefault(FlagOf(verb, flag).Kind, [])) AssertMisused(Run(verb, flag, [flag, value]), flag, verb);
    }

    [Theory]
    [MemberData(nameof(EveryFlag))]
    public void A_flag_with_a_value_out_of_its_range_is_a_usage_error(string verb, string flag)
    {
        foreach (var value in FlagOf(verb, flag).OutOfRange) AssertMisused(Run(verb, flag, [flag, value]), flag == "--device" ? value : flag, verb);
    }

    [Theory]
    [MemberData(nameof(EveryFlag))]
    public void A_flag_that_is_misspelt_is_a_usage_error_that_says_what_was_meant(string verb, string flag)
    {
        if (flag.Length < 5) return;
        foreach (var misspelt in (string[])[flag.Remove(4, 1), flag.Insert(3, "x")])
            AssertMisused(Run(verb, flag, [misspelt, .. FlagOf(verb, flag).Kind == "switch" ? [] : new[] { FlagOf(verb, flag).Good }]), $"Did you mean {flag}?", verb);
    }

    [Theory]
    [MemberData(nameof(EveryFlag))]
    public void A_flag_with_one_dash_instead_of_two_is_a_usage_error_that_says_what_was_meant(string verb, string flag)
    {
        if (!flag.StartsWith("--", StringComparison.Ordinal)) return;
        AssertMisused(Run(verb, flag, [flag[1..], .. FlagOf(verb, flag).Kind == "switch" ? [] : new[] { FlagOf(verb, flag).Good }]), $"Did you mean {flag}?", verb);
    }

    [Theory]
    [InlineData("LSTM", "lstm")]
    [InlineData("GRU", "gru")]
    public void A_choice_in_other_letters_is_a_usage_error_that_says_what_was_meant(string written, string meant)
        => AssertMisused(Run("train", "--cell", ["--cell", written]), $"it must be one of elman, relu, lstm, gru, cifg. Did you mean {meant}?", "train");

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void A_command_without_its_arguments_is_a_usage_error(string verb) => AssertMisused(trained.Shell.Run(verb), "missing", verb);

    [Theory]
    [MemberData(nameof(EveryVerb))]
    public void Help_is_no_error(string verb)
    {
        var outcome = trained.Shell.Run(verb, "--help");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("Usage:", outcome.Output);
        Assert.Equal("", outcome.Error);
    }

    [Theory]
    [InlineData("Did you mean train?", "trian")]
    [InlineData("There is no option \"--versoin\". Did you mean --version?", "--versoin")]
    [InlineData("There is no command \"gener\". Did you mean generate?", "gener", "model.rnnlm")]
    [InlineData("There is no command \"nothere\"; there are train, learning-rate, ", "nothere")]
    public void A_command_that_does_not_exist_is_a_usage_error(string explanation, params string[] arguments)
    {
        var outcome = trained.Shell.Run(arguments);
        AssertMisused(outcome, explanation, "");
        Assert.EndsWith("See rnnlm --help.", outcome.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("predict")]
    [InlineData("suspects")]
    [InlineData("embed")]
    [InlineData("generate")]
    [InlineData("score")]
    [InlineData("evaluate")]
    [InlineData("explain")]
    [InlineData("summarize")]
    public void What_begins_with_a_dash_is_no_text_unless_it_comes_after_two(string verb)
    {
        AssertMisused(trained.Shell.Run(verb, trained.Model, "-5 degrees"), "goes after --", verb);
        var file = trained.Shell.Write("-file", "the cat\n");
        var text = verb is "score" or "evaluate" or "summarize" ? Path.GetRelativePath(Environment.CurrentDirectory, file) : "-5 degrees";
        Assert.Equal(0, trained.Shell.Run(verb, trained.Model, "--", text).Code);
    }

    [Theory]
    [InlineData("--schedule constant --warmup 0.1", "--warmup goes with --schedule one-cycle or cosine.")]
    [InlineData("--warmup 0.1", "--warmup goes with --schedule one-cycle or cosine.")]
    [InlineData("--schedule cosine --undo", "--undo goes with --schedule plateau.")]
    [InlineData("--optimizer sgd --beta1 0.8", "--beta1 goes with --optimizer adam or adamw.")]
    [InlineData("--synchronization local", "--synchronization goes with --engine mpi.")]
    [InlineData("--synchronize-every 5", "--synchronize-every goes with --engine mpi.")]
    [InlineData("--engine mpi --synchronization gradients --outer-rate 0.7", "--outer-rate goes with --synchronization local.")]
    [InlineData("--average-every 5", "--average-every goes with --average exponential or triggered.")]
    [InlineData("--average triggered --average-decay 0.9", "--average-decay goes with --average exponential.")]
    [InlineData("--schedule one-cycle --highest-beta1 0.9", "--lowest-beta1 is not set; it must be from 0 to --highest-beta1, which is set.")]
    [InlineData("--optimizer sgd --schedule one-cycle --highest-beta1 0.9 --lowest-beta1 0.8", "--highest-beta1 is 0.9; it must be left unset where --optimizer is Sgd, which has no --beta1.")]
    public void A_flag_that_does_not_go_with_what_is_chosen_is_a_usage_error(string flags, string explanation)
        => AssertMisused(Run("train", "", flags.Split(' ')), explanation, "train");

    [Theory]
    [InlineData("generate", "--beam 2 --temperature 0.5", "--temperature draws words, and --beam draws none")]
    [InlineData("generate", "--seed 7 --beam 2", "--seed draws words, and --beam draws none")]
    [InlineData("generate", "--length-normalization 0.5", "--length-normalization goes with --beam.")]
    [InlineData("generate", "--alternatives 2", "--alternatives goes with --beam, or with words that are drawn")]
    [InlineData("generate", "--alternatives 3 --beam 2", "--alternatives is 3; it must be at most 2, which is --beam.")]
    [InlineData("generate", "--minimum-words 4 --words 3", "--minimum-words is 4; it must be at most --words, which is 3.")]
    [InlineData("generate", "--stop . --stop-after .", "\".\" is in --stop and in --stop-after; it can be in one of them.")]
    [InlineData("generate", "--top-k 1 --top-p 0.9", "--top-p has no effect beside --top-k 1")]
    [InlineData("generate", "--seed 7 --top-k 1", "--seed has no effect beside --top-k 1")]
    [InlineData("generate", "--top-k 1 --alternatives 2", "--alternatives goes with --beam, or with words that are drawn")]
    [InlineData("suggest", "--continuation-confidence 0.3", "--continuation-confidence goes with --words of 2 or more")]
    [InlineData("suggest", "--words 1 --continuation-confidence 0.3", "--continuation-confidence goes with --words of 2 or more")]
    [InlineData("train", "--average triggered", "--average triggered goes with --validation, by which epochs are compared")]
    [InlineData("train", "--annealing 0.5", "--annealing goes with --validation, by which epochs are compared")]
    [InlineData("train", "--undo", "--undo goes with --validation")]
    [InlineData("train", "--patience 2", "--patience goes with --validation")]
    [InlineData("train", "--patience 2 --schedule cosine --validation TEXT", "--patience has no effect with --schedule cosine: its course spans the whole run")]
    [InlineData("train", "--preset medium --patience 2 --validation TEXT", "--patience has no effect with --schedule one-cycle, as the preset has it: ")]
    [InlineData("learning-rate", "--schedule cosine", "--schedule has no effect here: the learning rate grows from window to window")]
    [InlineData("learning-rate", "--warmup 0.1", "--warmup has no effect here")]
    [InlineData("learning-rate", "--undo", "--undo has no effect here")]
    [InlineData("learning-rate", "--average triggered", "--average has no effect here")]
    [InlineData("learning-rate", "--epochs 3", "--epochs has no effect here")]
    [InlineData("learning-rate", "--patience 3", "--patience has no effect here")]
    [InlineData("learning-rate", "--lowest 0.001 --highest 1 --learning-rate 0.1", "--learning-rate has no effect beside --lowest and --highest")]
    [InlineData("learning-rate", "--preset plain --time-limit 1m", "--time-limit has no effect here beside --preset")]
    [InlineData("score", "--ranks", "--ranks goes with --by-word.")]
    [InlineData("score", "--entropy", "--entropy goes with --by-word.")]
    [InlineData("score", "--unknown-log-probability -20", "--unknown-log-probability goes with --unknown penalized.")]
    [InlineData("score", "--unknown excluded --unknown-log-probability -20", "--unknown-log-probability goes with --unknown penalized.")]
    public void A_flag_that_has_no_effect_beside_others_is_a_usage_error(string verb, string flags, string explanation)
        => AssertMisused(Run(verb, "", [.. flags.Split(' ').Select(word => word == "TEXT" ? trained.Text : word)]), explanation, verb);

    [Fact]
    public void Patience_is_refused_where_the_preset_has_a_schedule_that_spans_the_run_for_the_text_that_is_read()
    {
        var text = trained.Shell.Write("long.txt", string.Concat(Enumerable.Repeat($"{TrainedShell.Sentence}\n", 51_000))); // 408,000 words, for which there is medium
        AssertMisused(
            trained.Shell.Run("train", text, "--output", trained.Shell["new.rnnlm"], "--validation", trained.Text, "--patience", "2", "--threads", "1"),
            "--patience has no effect with --schedule one-cycle, as the preset has it: ", "train");
        File.Delete(text);
    }

    [Fact]
    public void A_prompt_with_an_at_sign_is_no_file_of_options()
        => Assert.Equal($"@{trained.Text}", trained.Shell.Run("predict", trained.Model, $"@{trained.Text}", "--json").Json.Single().GetProperty("prompt").GetString());

    [Fact]
    public void A_switch_does_not_swallow_the_prompt_after_it()
        => Assert.Equal("true", trained.Shell.Run("predict", trained.Model, "--json", "true").Json.Single().GetProperty("prompt").GetString());

    [Theory]
    [InlineData("predict", "caf\uFFFD")]
    [InlineData("generate", "caf\uFFFD")]
    [InlineData("predict", "the", "caf\uFFFD")]
    [InlineData("fill", "caf\uFFFD")]
    [InlineData("fill", "--candidates", "caf\uFFFD")]
    [InlineData("suspects", "caf\uFFFD")]
    [InlineData("embed", "caf\uFFFD")]
    [InlineData("explain", "caf\uFFFD")]
    [InlineData("explain", "--word", "caf\uFFFD")]
    [InlineData("import", "--unknown-word", "caf\uFFFD")]
    [InlineData("import", "--end-of-line-word", "caf\uFFFD")]
    [InlineData("extract", "--column", "caf\uFFFD")]
    public void A_text_that_was_not_utf8_is_refused(string verb, params string[] added)
    {
        var outcome = Run(verb, "", added);
        AssertMisused(outcome, "U+FFFD", verb);
        Assert.Contains("is \"caf\uFFFD\"; ", outcome.Error);
    }

    [Fact]
    public void A_file_whose_name_was_not_utf8_is_not_written()
    {
        AssertMisused(Run("train", "--output", ["--output", trained.Shell["caf\uFFFD"]]), "name a file whose name is UTF-8", "train");
        using var shell = new Shell();
        File.Copy(trained.Model, shell["caf\uFFFD"]);
        Assert.Equal(0, shell.Run("info", shell["caf\uFFFD"]).Code);
    }

    [LinuxFact]
    public void Bytes_of_a_prompt_that_are_not_utf8_are_refused()
    {
        using var running = RunningCommand.StartRedirected("\"$(printf 'caf\\351')\"", "predict", trained.Model);
        AssertMisused(running.Wait(), "U+FFFD", "predict");
    }

    [Fact]
    public void Every_fault_of_values_is_told_at_once()
    {
        var outcome = trained.Shell.Run("train", trained.Text, "--output", trained.Shell["new.rnnlm"], "--learning-rate", "0,002", "--epochs", "1,000", "--cell", "lstn");
        AssertMisused(outcome, "write 0.002", "train");
        foreach (var part in (string[])["--epochs is \"1,000\"", "Did you mean lstm?"]) Assert.Contains(part, outcome.Error);
    }

    /// <summary>A command line that is right but for what is added.</summary>
    private Outcome Run(string verb, string flag, string[] added)
    {
        var shell = trained.Shell;
        string[] arguments = verb switch
        {
            "train" when flag == "--nonmonotone-interval" => [trained.Text, "--validation", trained.Text, "--output", shell["new.rnnlm"]],
            "train" or "encode" or "ngram" => [trained.Text, .. Without(flag, "--output", shell["new.rnnlm"])],
            "learning-rate" => [trained.Text],
            "evaluate" => [trained.Model, trained.Text],
            "tune" => [trained.Model, .. Without(flag, "--validation", trained.Text), .. Without(flag, "--output", shell["new.rnnlm"]), .. Without(flag, "--words", "10")],
            "ensemble" => [trained.Model, trained.Model, .. Without(flag, "--output", shell["new.rnnlm"])],
            "quantize" or "extract" => [trained.Model, shell["new.rnnlm"]],
            "import" => [shell.Write("w.safetensors", "-"), shell.Write("v.txt", "-"), .. Without(flag, "--output", shell["new.rnnlm"])],
            "export" => [trained.Model, .. Without(flag, "--weights", shell["w.new"]), .. Without(flag, "--vocabulary", shell["v.new"])],
            "info" or "serve" => [trained.Model],
            "completion" => ["bash"],
            "plot" => [shell.Write("history.jsonl", "{\"seconds\":1,\"perplexity\":5}")],
            _ => [trained.Model, .. verb is "score" or "rescore" or "summarize" ? [trained.Text] : new[] { "the cat" }],
        };
        var files = shell.Files.ToArray();
        var outcome = shell.Run([verb, .. arguments, .. Beside.GetValueOrDefault(flag, []), .. added]);
        Assert.Equal(files, shell.Files);
        return outcome;
    }

    private static string[] Without(string flag, params string[] option) => option[0] == flag ? [] : option;

    private static void AssertMisused(Outcome outcome, string reason, string verb)
    {
        Assert.True(outcome.Code == ExitCode.Misused, $"{outcome.Code}: {outcome.Error}");
        Assert.Equal("", outcome.Output);
        var line = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)).TrimEnd();
        Assert.StartsWith("rnnlm: ", line, StringComparison.Ordinal);
        Assert.EndsWith($"See rnnlm {verb}{(verb.Length > 0 ? " " : "")}--help.", line, StringComparison.Ordinal);
        Assert.Contains(reason, line);
        foreach (var foreign in (string[])["Parameter", "System.", "Options", "Exception", "null"]) Assert.DoesNotContain(foreign, line);
    }

    private static IEnumerable<Option> OptionsOf(string verb)
    {
        var terminal = new Terminal(() => Stream.Null, TextWriter.Null, TextWriter.Null);
        return RnnLmCommand.Declare([verb], terminal, CancellationToken.None).Subcommands.Single().Options;
    }
}

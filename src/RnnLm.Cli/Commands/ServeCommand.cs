using RnnLm.AspNetCore;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;
using RnnLm.Cli.Serving;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm serve MODEL</c></summary>
sealed class ServeCommand(Terminal terminal, CancellationToken cancellation)
{
    private const string KeyVariable = "RNNLM_API_KEY";

    private readonly LanguageModelServerOptions options = new();
    private readonly ServeSettings settings = new();
    private bool withoutKey;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => settings.ModelPath = value);
        flags.Optional(
            "--urls", $"Where to listen, with semicolons between several; of port 0 the system chooses one. [default: {ListenAddresses.Usual}]", ListenAddresses.Read,
            value => settings.Addresses = value, shows: Placeholder.Url);
        flags.Optional(
            "--api-key", $"The key that requests must have; the environment's {KeyVariable} where it is not given, which others on this machine cannot see. [default: none]", Values.Text,
            value => options.ApiKey = value, nameof(options.ApiKey), "KEY");
        flags.Switch("--no-api-key", "Let everybody ask who can reach the addresses, though they are beyond this machine.", () => withoutKey = true);
        flags.Optional(
            "--name", "What the model is called. [default: the name of its file without the extension]", Values.Text, value => options.ModelId = value, nameof(options.ModelId), Placeholder.Name);
        flags.Switch("--across-lines", "Let continuations go on over the ends of lines.", () => options.StopAtEndOfLine = false);
        flags.Optional(
            "--threads", "On how many processors the network works at once. [default: all]", Values.Whole, value => options.Processors = value, nameof(options.Processors));
        DeclareLimits(flags);
        flags.Switch("--no-reload", "Go on with the model as it is, though its file changes.", () => options.ReloadInterval = null);
        flags.Optional(
            "--otlp", "The collector of OpenTelemetry that metrics are sent to, such as http://127.0.0.1:4318. [default: none]", ReadCollector, value => settings.Collector = value,
            shows: Placeholder.Url);
        flags.Check(CheckKey);
        flags.Check(options.Validate);
        flags.Json(() => settings.Json = true);
        flags.Examples(
            "rnnlm serve model.rnnlm",
            "rnnlm serve model.rnnlm --urls http://127.0.0.1:9000 --timeout 30s");
        return flags.ToCommand(
            "serve", "Serves a model over HTTP: completions, chat and embeddings as clients of OpenAI ask for them, /suggest, /score, /health. It writes first where, and goes on until it is interrupted.",
            Run);
    }

    private void DeclareLimits(FlagSet flags)
    {
        flags.Value(
            "--requests", "How many requests may be worked on or wait at once.", Values.Whole, options.MaximumRequests,
            value => options.MaximumRequests = value, nameof(options.MaximumRequests));
        flags.Optional(
            "--timeout", "How long a request may take. [default: 60s]", Values.Time, value => options.RequestTimeout = value, nameof(options.RequestTimeout));
        flags.Value(
            "--body-size", "How many bytes a request may have.", Values.Whole, options.MaximumBodySize, value => options.MaximumBodySize = value, nameof(options.MaximumBodySize));
        flags.Value(
            "--prompt-tokens", "How many tokens a text may have that is read.", Values.Whole, options.MaximumPromptTokens,
            value => options.MaximumPromptTokens = value, nameof(options.MaximumPromptTokens));
        flags.Value(
            "--tokens", "How many tokens a request may ask for.", Values.Whole, options.MaximumTokens, value => options.MaximumTokens = value, nameof(options.MaximumTokens));
        flags.Value(
            "--texts", "How many texts a request may have, or choices times prompts.", Values.Whole, options.MaximumTexts,
            value => options.MaximumTexts = value, nameof(options.MaximumTexts));
    }

    private void CheckKey()
    {
        if (withoutKey && options.ApiKey is not null) throw new UsageException("--api-key and --no-api-key are both given. Give one of them.");
        if (!withoutKey && Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key) options.ApiKey ??= key;
        if (options.ApiKey is null && !withoutKey && !settings.Addresses.AreLoopback)
            throw new UsageException($"--urls is beyond this machine, and there is no key: give --api-key, set {KeyVariable}, or say with --no-api-key that everybody may ask.");
    }

    private static Uri ReadCollector(string text)
        => Uri.TryCreate(Values.Text(text), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new UsageException("it must be an address such as http://127.0.0.1:4318");

    private int Run()
    {
        AspNetCoreRuntime.Load();
        ModelServer.RunAsync(settings, options, terminal, cancellation).GetAwaiter().GetResult();
        return ExitCode.Done;
    }
}

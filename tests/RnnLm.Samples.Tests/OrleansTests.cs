using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.TestingHost;
using TypingSessions;

namespace RnnLm.Samples.Tests;

/// <summary>Sessions that are kept by silos of Orleans, which die.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(Samples))]
public sealed class OrleansTests(Samples samples)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Sessions_of_a_silo_that_dies_go_on_elsewhere_as_if_nothing_had_interrupted_them()
    {
        var (model, lines) = await Given();
        await using var cluster = await Cluster(silos: 2, model, new HeldStorage());
        var persons = Persons(cluster, 12);
        var typists = persons.Select(person => new Typist(person, model.StartTyping(), _ => { })).ToArray();
        await Type(typists, lines, from: 0, count: 16);
        var before = await Task.WhenAll(persons.Select(person => person.Statistics()));
        var dying = cluster.Silos.MaxBy(silo => before.Count(IsOn(silo)))!;
        Assert.Contains(before, statistics => IsOn(dying)(statistics));

        var typing = Type(typists, lines, from: 16, count: 16);
        await cluster.KillSiloAsync(dying);
        await typing;

        var after = await Task.WhenAll(persons.Select(person => person.Statistics()));
        Assert.DoesNotContain(after, statistics => IsOn(dying)(statistics));
        Assert.All(after, statistics => Assert.InRange(statistics.LearnedWords, 20, 1000));
        Assert.All(typists, typist => Assert.Equal(0, typist.Wrong));

        static Func<TypingStatistics, bool> IsOn(InProcessSiloHandle silo) => statistics => statistics.Silo.Contains(silo.SiloAddress.Endpoint.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whichever_write_fails_nothing_is_lost_and_nothing_done_twice()
    {
        var (model, lines) = await Given();
        var storage = new HeldStorage();
        await using var cluster = await Cluster(silos: 1, model, storage);
        var (writes, settled) = (0, 0);
        // Every write of what is settled fails, by turns before it is done and behind it, and in between the one behind it.
        storage.Fault = name => name == "settled" ? (settled++ % 3) switch { 0 => false, 1 => true, _ => null } : (writes++ % 41) switch { 4 => false, 23 => true, _ => null };
        var persons = Persons(cluster, 3);
        var typists = persons.Select(person => new Typist(person, model.StartTyping(), _ => { })).ToArray();
        await Type(typists, lines, from: 0, count: 24);
        Assert.All(typists, typist => Assert.Equal(0, typist.Wrong));
        Assert.All(persons, person => Assert.True(person.Repeats > 0));
        Assert.InRange(settled, 4, int.MaxValue);
    }

    [Fact]
    public async Task What_was_typed_is_taken_back_refused_and_forgotten()
    {
        var (model, _) = await Given();
        await using var cluster = await Cluster(silos: 1, model, new HeldStorage());
        var typing = cluster.Client.GetGrain<ITyping>("a person");
        var answer = await typing.Type(1, "The Frobnicator gets a value.\nThe Frx\b");
        Assert.Equal("The Fr", answer.Line);
        var word = answer.Suggestions.Single(suggestion => suggestion.Text == "Frobnicator").Text;

        Assert.Contains("not among the suggestions", (await Assert.ThrowsAsync<ArgumentException>(() => typing.Accept(2, "nothing"))).Message, StringComparison.Ordinal);
        Assert.Contains("Call 4 came where 2 is next", (await Assert.ThrowsAsync<ArgumentException>(() => typing.Type(4, "x"))).Message, StringComparison.Ordinal);
        Assert.Contains("most", (await Assert.ThrowsAsync<ArgumentException>(() => typing.Type(2, new string('x', 20_001)))).Message, StringComparison.Ordinal);

        Assert.Equal("The Frobnicator ", (await typing.Accept(2, word)).Line);
        Assert.Equal("The Frobnicator ", (await typing.Accept(2, word)).Line);
        Assert.Contains("Call 2 was another", (await Assert.ThrowsAsync<ArgumentException>(() => typing.Type(2, word))).Message, StringComparison.Ordinal);
        // The space that came with it goes before a comma, also where another has gone on with the session.
        await cluster.DeactivateAsync(typing);
        Assert.Equal("The Frobnicator,", (await typing.Type(3, ",")).Line);
        var statistics = await typing.Statistics();
        Assert.Equal((3, 39, 1), (statistics.Calls, statistics.Keystrokes, statistics.Accepted));

        await typing.Forget();
        statistics = await typing.Statistics();
        Assert.Equal((0, 0, 0), (statistics.Calls, statistics.Keystrokes, statistics.LearnedWords));
        await cluster.DeactivateAsync(typing);
        Assert.DoesNotContain((await typing.Type(1, "The Fr")).Suggestions, suggestion => suggestion.Text == "Frobnicator");
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_ended()
    {
        var (model, _) = await Given();
        await using var cluster = await Cluster(silos: 1, model, new HeldStorage());
        var typing = cluster.Client.GetGrain<ITyping>("a person");
        var line = string.Concat(Enumerable.Repeat("get ", 2_500));
        Assert.Equal(line, (await typing.Type(1, line)).Line);
        Assert.Contains("End it", (await Assert.ThrowsAsync<ArgumentException>(() => typing.Type(2, "x"))).Message, StringComparison.Ordinal);
        Assert.Equal(line[..^1], (await typing.Type(2, "\b")).Line);
        Assert.Equal("", (await typing.Type(3, "\n")).Line);
        Assert.Equal(line, (await typing.Type(4, line)).Line);
        Assert.Equal("The", (await typing.Type(5, "\nThe")).Line);
        Assert.Contains("Call 0 came", (await Assert.ThrowsAsync<ArgumentException>(() => typing.Type(0, "x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_forgetting_breaks_off_what_is_left_goes_on_and_nothing_is_learned_twice()
    {
        var (model, lines) = await Given();
        var storage = new HeldStorage();
        await using var cluster = await Cluster(silos: 1, model, storage);
        var person = new Person(cluster.Client.GetGrain<ITyping>("a person"), Patience);
        await Type([new Typist(person, null, _ => { })], lines, from: 0, count: 24);
        var clears = 0;
        storage.Fault = name => clears++ == 1 ? false : null;
        await person.Forget();
        Assert.Equal(1, person.Repeats);
        Assert.Equal((0, 0, 0), ((await person.Statistics()).Calls, (await person.Statistics()).Keystrokes, (await person.Statistics()).LearnedWords));
        Assert.Equal("The", (await person.Type("The")).Line);
    }

    [RedisFact]
    public async Task Of_two_processes_with_Redis_one_is_killed_and_every_session_gets_every_answer()
    {
        await Given();
        var (corpus, model) = (samples.Folder("work", "corpus.txt"), Samples.Output("Uses", "documentation.rnnlm"));
        var ports = FreePorts(5);
        var redis = $"127.0.0.1:{ports[0]}";
        var folder = Directory.CreateDirectory(samples.Folder("redis")).FullName;
        List<Process> processes = [Command.Start(folder, "redis-server", ["--port", $"{ports[0]}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])];
        try
        {
            await Line(processes[0], "Ready to accept connections");
            foreach (var (port, gateway) in (ReadOnlySpan<(int, int)>)[(ports[1], ports[2]), (ports[3], ports[4])])
                processes.Add(Program(model, "--redis", redis, "--port", $"{port}", "--gateway", $"{gateway}"));
            await Task.WhenAll(processes.Skip(1).Select(silo => Line(silo, "is served")));

            var load = Program("load", corpus, "--redis", redis, "--sessions", "8", "--lines", "12", "--every", "1", "--check", model);
            processes.Add(load);
            await Line(load, "Half of the lines are typed", drains: false);
            processes[1].Kill();
            var output = await load.StandardOutput.ReadToEndAsync();
            await load.WaitForExitAsync();

            Assert.Contains("0 errors; 0 answers other than those of an uninterrupted session", output, StringComparison.Ordinal);
            Assert.Matches(@"8 sessions, \d+ answers in .*; [1-9]\d* calls were asked again", output);
            Assert.Matches(@"(?m)^\d+ s: \d+ answers, p50 .* ms at most$", output);
            Assert.Equal(0, load.ExitCode);
        }
        finally
        {
            foreach (var process in Enumerable.Reverse(processes))
            {
                process.Kill();
                await process.WaitForExitAsync();
                process.Dispose();
            }
        }
    }

    [Theory]
    [InlineData("--sessions takes a whole number", "load", "text.txt", "--sessions", "many")]
    [InlineData("There is no option --speed", "load", "text.txt", "--speed", "1")]
    [InlineData("Usage: ")]
    public async Task The_program_that_is_called_wrongly_says_how_it_is_called(string fault, params string[] arguments)
    {
        var (code, _, errors) = await Command.Try(Path.GetTempPath(), Command.Dotnet, [Samples.Output("Orleans", "TypingSessions.dll"), .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains(fault, errors, StringComparison.Ordinal);
    }

    private async Task<(LanguageModel Model, string[] Lines)> Given()
    {
        await samples.DocumentationModel();
        await samples.Corpus();
        return (LanguageModel.Load(Samples.Output("Uses", "documentation.rnnlm")), await File.ReadAllLinesAsync(samples.Folder("work", "corpus.txt")));
    }

    private static async Task<InProcessTestCluster> Cluster(short silos, LanguageModel model, HeldStorage storage)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(new ServedModel(model)).AddGrainStorage("Default", (_, _) => storage);
            silo.Configure<ClusterMembershipOptions>(membership => (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 1));
        });
        // An answer that died with its silo is waited for no longer than this.
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(2)));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static Person[] Persons(InProcessTestCluster cluster, int count)
        => [.. Enumerable.Range(0, count).Select(number => new Person(cluster.Client.GetGrain<ITyping>($"person {number}"), Patience))];

    /// <summary>Has every typist type lines of his own.</summary>
    private static Task Type(Typist[] typists, string[] lines, int from, int count) => Task.WhenAll(typists.Select((typist, number) => Task.Run(async () =>
    {
        foreach (var line in lines.Skip((number * 50) + from).Take(count)) await typist.Type(line);
    })));

    private static Process Program(params string[] arguments) => Command.Start(Samples.Repository, Command.Dotnet, [Samples.Output("Orleans", "TypingSessions.dll"), .. arguments]);

    /// <summary>Waits for a line of what a process prints.</summary>
    private static async Task Line(Process process, string text, bool drains = true)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains(text, StringComparison.Ordinal)) continue;
            // What it goes on to write must not fill the pipe.
            if (drains) _ = process.StandardOutput.ReadToEndAsync();
            return;
        }
        Assert.Fail($"It ended before it wrote \"{text}\": {await process.StandardError.ReadToEndAsync()}");
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners) listener.Stop();
        return ports;
    }
}

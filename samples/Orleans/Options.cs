using System.Globalization;
using System.Net;

namespace TypingSessions;

/// <summary>The options of the command line.</summary>
public sealed record Options
{
    /// <summary>Where Redis is, which every silo and client of the cluster names; null where one silo is the cluster and keeps sessions in memory.</summary>
    public string? Redis { get; private init; }

    /// <summary>Where other silos and clients find this silo.</summary>
    public IPAddress Address { get; private init; } = IPAddress.Loopback;

    /// <summary>The port for other silos.</summary>
    public int Port { get; private init; } = 11_111;

    /// <summary>The port for clients.</summary>
    public int Gateway { get; private init; } = 30_000;

    /// <summary>How many persons type at once.</summary>
    public int Sessions { get; private init; } = 64;

    /// <summary>How many lines each of them types.</summary>
    public int Lines { get; private init; } = 20;

    /// <summary>How long a person waits before a keystroke.</summary>
    public TimeSpan Pause { get; private init; }

    /// <summary>How often the load tells its times so far; null where only at the end.</summary>
    public TimeSpan? Every { get; private init; }

    /// <summary>A file of the model that the silos serve, with which answers are compared; null where they are not.</summary>
    public string? Check { get; private init; }

    /// <summary>Reads options.</summary>
    /// <exception cref="ArgumentException">An option is not known, or its value is not of the kind.</exception>
    public static Options Parse(IEnumerable<string> arguments)
    {
        var options = new Options();
        for (var rest = arguments.ToArray().AsSpan(); !rest.IsEmpty; rest = rest[2..])
        {
            options = rest switch
            {
                ["--redis", var place, ..] => options with { Redis = place },
                ["--address", var text, ..] when IPAddress.TryParse(text, out var address) => options with { Address = address },
                ["--port", var text, ..] when Number(text, 1, IPEndPoint.MaxPort) is { } port => options with { Port = port },
                ["--gateway", var text, ..] when Number(text, 1, IPEndPoint.MaxPort) is { } port => options with { Gateway = port },
                ["--sessions", var text, ..] when Number(text, 1, 100_000) is { } sessions => options with { Sessions = sessions },
                ["--lines", var text, ..] when Number(text, 1, 1_000_000) is { } lines => options with { Lines = lines },
                ["--pause", var text, ..] when Number(text, 0, 60_000) is { } milliseconds => options with { Pause = TimeSpan.FromMilliseconds(milliseconds) },
                ["--every", var text, ..] when Number(text, 1, 86_400) is { } seconds => options with { Every = TimeSpan.FromSeconds(seconds) },
                ["--check", var path, ..] => options with { Check = path },
                ["--redis" or "--check"] => throw new ArgumentException($"{rest[0]} takes a value."),
                ["--address", ..] => throw new ArgumentException("--address takes an IP address."),
                ["--port" or "--gateway" or "--sessions" or "--lines" or "--pause" or "--every", ..] => throw new ArgumentException($"{rest[0]} takes a whole number: a port, how many sessions or lines, milliseconds, or seconds."),
                _ => throw new ArgumentException($"There is no option {rest[0]}."),
            };
        }
        return options;
    }

    private static int? Number(string text, int least, int most)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}

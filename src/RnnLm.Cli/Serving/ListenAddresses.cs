using System.Net;
using RnnLm.Cli.Flags;

namespace RnnLm.Cli.Serving;

/// <summary>Where a server listens.</summary>
sealed class ListenAddresses
{
    public const string Usual = "http://127.0.0.1:8080";

    private ListenAddresses(Uri[] all) => All = all;

    public IReadOnlyList<Uri> All { get; }

    /// <summary>Whether only this machine can ask.</summary>
    public bool AreLoopback => All.All(address => address.IsLoopback);

    /// <summary>The names under which it is asked where only this machine can ask.</summary>
    public IReadOnlyList<string> Hosts => [.. All.Select(address => address.Host).Concat(["localhost", "127.0.0.1", "[::1]"]).Distinct()];

    /// <summary>Reads addresses with semicolons between them.</summary>
    /// <exception cref="UsageException">One is not right.</exception>
    public static ListenAddresses Read(string text) => new([.. Values.Text(text).Split(';').Select(ReadOne)]);

    private static Uri ReadOne(string text)
    {
        const string Right = "each must be an address such as http://127.0.0.1:8080, with semicolons between several";
        if (text.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) throw new UsageException("https is for a proxy in front of the server; it must begin with http://");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.PathAndQuery != "/" || address.UserInfo.Length > 0)
            throw new UsageException(Right);
        var isLocal = address.Host == "localhost";
        // The server would listen to all the world under any other name.
        if (!isLocal && !IPAddress.TryParse(address.DnsSafeHost, out _))
            throw new UsageException("the host must be localhost or a number, such as 127.0.0.1, or 0.0.0.0 for all addresses of this machine");
        return isLocal && address.Port == 0 ? throw new UsageException("the system chooses a port for one address only; write http://127.0.0.1:0") : address;
    }
}

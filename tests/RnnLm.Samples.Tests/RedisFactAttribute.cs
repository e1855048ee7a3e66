namespace RnnLm.Samples.Tests;

/// <summary>A test of what needs a server of Redis; it is skipped, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    private static readonly bool IsThere =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    public RedisFactAttribute() => Skip = IsThere ? null : "No silos share sessions: there is no redis-server on this machine. On Debian: apt-get install redis-server";
}

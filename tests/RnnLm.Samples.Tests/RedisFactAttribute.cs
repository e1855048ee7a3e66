namespace RnnLm.Samples.Tests;

/// <summary>A test of what needs a server of Redis; it is skipped, saying so, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = Command.IsOnPath("redis-server") ? null : "No silos share sessions: there is no redis-server on this machine. On Debian: apt-get install redis-server";
}

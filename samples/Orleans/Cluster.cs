using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Serialization;
using Orleans.Storage;
using StackExchange.Redis;

namespace TypingSessions;

/// <summary>Makes silos, and clients that find them: by what Redis says of the cluster, or on this machine.</summary>
public static class Cluster
{
    private const string Name = "typing";

    /// <summary>Looks whether Redis is where it is said to be, before anything counts on it.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public static async Task FindRedis(Options options)
    {
        if (options.Redis is not { } redis) return;
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        }
        catch (RedisConnectionException exception)
        {
            throw new IOException($"Redis cannot be used at \"{redis}\". {exception.Message} Start it, as with redis-server --appendonly yes, or name another place.", exception);
        }
    }

    /// <summary>A silo, which has not begun.</summary>
    public static IHost Silo(Options options, ServedModel model)
    {
        var builder = Builder();
        builder.Services.AddSingleton(model);
        builder.UseOrleans(silo =>
        {
            if (options.Redis is { } redis) Join(silo, redis, options);
            else silo.UseLocalhostClustering(options.Port, options.Gateway, serviceId: Name, clusterId: Name).AddMemoryGrainStorageAsDefault();
            // A silo that misses three probes, a second apart at first, is one that is dead.
            silo.Configure<ClusterMembershipOptions>(membership => (membership.ProbeTimeout, membership.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 3));
            // Whoever has paused for longer finds the session where it is stored.
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromMinutes(5));
        });
        return builder.Build();
    }

    /// <summary>A client, which has not begun.</summary>
    public static IHost Client(Options options)
    {
        var builder = Builder();
        builder.UseOrleansClient(client =>
        {
            if (options.Redis is { } redis) client.UseRedisClustering(redis).Configure<ClusterOptions>(SetNames);
            else client.UseLocalhostClustering(options.Gateway, serviceId: Name, clusterId: Name);
            // An answer takes milliseconds; whoever has none after this asks again.
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
        });
        return builder.Build();
    }

    private static void Join(ISiloBuilder silo, string redis, Options options)
    {
        silo.Configure<ClusterOptions>(SetNames);
        silo.Configure<EndpointOptions>(endpoint => (endpoint.AdvertisedIPAddress, endpoint.SiloPort, endpoint.GatewayPort) = (options.Address, options.Port, options.Gateway));
        silo.UseRedisClustering(redis);
        silo.AddRedisGrainStorageAsDefault((OptionsBuilder<RedisStorageOptions> storage) => storage.Configure<Serializer>((settings, serializer) =>
        {
            settings.ConfigurationOptions = ConfigurationOptions.Parse(redis);
            // What is forgotten is gone; and a state is bytes, of which text would make a third more.
            settings.DeleteStateOnClear = true;
            settings.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));
    }

    private static void SetNames(ClusterOptions cluster) => (cluster.ClusterId, cluster.ServiceId) = (Name, Name);

    private static HostApplicationBuilder Builder()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        return builder;
    }
}

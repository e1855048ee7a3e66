namespace Microsoft.ML.Runtime;

/// <summary>What <see cref="MLContext"/> and every component made from it share: random numbers, log, component catalog.</summary>
internal class HostEnvironment : IHostEnvironment
{
    private readonly Lock seedLock = new();
    private readonly Random random;
    private readonly HostEnvironment parent;
    private readonly Action<string, ChannelMessage> listener;

    public HostEnvironment(int? seed, Action<string, ChannelMessage> listener)
    {
        Seed = seed;
        random = seed is { } value ? new Random(value) : new Random();
        this.listener = listener;
        ComponentCatalog = new ComponentCatalog();
    }

    private protected HostEnvironment(HostEnvironment parent, string shortName, string parentName, Random random)
    {
        this.parent = parent;
        this.random = random;
        Seed = parent.Seed;
        listener = parent.listener;
        ComponentCatalog = parent.ComponentCatalog;
        ShortName = shortName;
        ParentName = parentName;
    }

    public int? Seed { get; }

    public ComponentCatalog ComponentCatalog { get; }

    public Random Rand => random;

    public string ShortName { get; }

    public string ParentName { get; }

    public string FullName => ParentName is null ? ShortName : $"{ParentName}; {ShortName}";

    public virtual string ContextDescription => "HostEnvironment";

    public virtual TException Process<TException>(TException ex)
        where TException : Exception
    {
        if (ex is not null)
        {
            ex.Data["Throwing component"] = ShortName ?? "Environment";
            Fault.Mark(ex);
        }
        return ex;
    }

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Fault.CheckNonEmpty(name);
        lock (seedLock)
        {
            var own = new Random(seed ?? random.Next());
            return new Host(this, name, parent?.FullName, own);
        }
    }

    public IChannel Start(string name)
    {
        Fault.CheckNonEmpty(name);
        return new Channel(this, name);
    }

    public IPipe<TMessage> StartPipe<TMessage>(string name)
    {
        Fault.CheckNonEmpty(name);
        return new Pipe<TMessage>(this, name);
    }

    public IProgressChannel StartProgressChannel(string name)
    {
        Fault.CheckNonEmpty(name);
        return new ProgressChannel(name);
    }

    public void Dispatch(string source, ChannelMessage message) => listener(source, message);
}

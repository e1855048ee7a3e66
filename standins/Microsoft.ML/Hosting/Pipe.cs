namespace Microsoft.ML.Runtime;

/// <summary>A pipe of a component. Messages other than log messages have nobody who listens to them.</summary>
internal class Pipe<TMessage>(HostEnvironment owner, string name) : IPipe<TMessage>
{
    protected HostEnvironment Owner => owner;

    public string FullName => owner.FullName is null ? name : $"{owner.FullName}; {name}";

    public string ContextDescription => FullName;

    public TException Process<TException>(TException ex)
        where TException : Exception
    {
        owner.Process(ex);
        if (ex is not null)
            ex.Data["Phase"] = name;
        return ex;
    }

    public virtual void Send(TMessage msg)
    {
    }

    public virtual void Dispose()
    {
    }
}

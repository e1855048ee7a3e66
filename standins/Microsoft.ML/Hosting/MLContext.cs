using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class MLContext : IHostEnvironment
{
    private readonly HostEnvironment environment;

    public MLContext(int? seed = null)
    {
        environment = new HostEnvironment(seed, OnMessage);
        Data = new DataOperationsCatalog(environment);
        Transforms = new TransformsCatalog(environment);
        Model = new ModelOperationsCatalog(environment);
    }

    public event EventHandler<LoggingEventArgs> Log;

    public DataOperationsCatalog Data { get; }

    public TransformsCatalog Transforms { get; }

    public ModelOperationsCatalog Model { get; }

    public ComponentCatalog ComponentCatalog => environment.ComponentCatalog;

    string IExceptionContext.ContextDescription => environment.ContextDescription;

    TException IExceptionContext.Process<TException>(TException ex) => environment.Process(ex);

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => environment.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => environment.Start(name);

    IPipe<TMessage> IChannelProvider.StartPipe<TMessage>(string name) => environment.StartPipe<TMessage>(name);

    IProgressChannel IProgressChannelProvider.StartProgressChannel(string name) => environment.StartProgressChannel(name);

    private void OnMessage(string source, ChannelMessage message)
        => Log?.Invoke(this, new LoggingEventArgs(message.Message, message.Kind, source));
}

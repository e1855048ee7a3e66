using System.Diagnostics;

namespace Microsoft.ML.Runtime;

/// <summary>A channel whose messages go to the listeners of <see cref="MLContext.Log"/>.</summary>
internal sealed class Channel : Pipe<ChannelMessage>, IChannel
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private bool disposed;

    public Channel(HostEnvironment owner, string name)
        : base(owner, name)
        => Trace(MessageSensitivity.None, "Channel started");

    public override void Send(ChannelMessage msg) => Owner.Dispatch(FullName, msg);

    public void Trace(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Trace, sensitivity, fmt));

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args)
        => Send(new(ChannelMessageKind.Trace, sensitivity, fmt, args));

    public void Error(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Error, sensitivity, fmt));

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args)
        => Send(new(ChannelMessageKind.Error, sensitivity, fmt, args));

    public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt));

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args)
        => Send(new(ChannelMessageKind.Warning, sensitivity, fmt, args));

    public void Info(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Info, sensitivity, fmt));

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args)
        => Send(new(ChannelMessageKind.Info, sensitivity, fmt, args));

    public override void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        Trace(MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", watch.Elapsed);
        Trace(MessageSensitivity.None, "Channel disposed");
    }
}

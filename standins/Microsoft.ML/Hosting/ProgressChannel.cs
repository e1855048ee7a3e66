namespace Microsoft.ML.Runtime;

/// <summary>Takes progress reports. As in ML.NET, they do not reach <see cref="MLContext.Log"/>.</summary>
internal sealed class ProgressChannel(string name) : IProgressChannel
{
    public string Name { get; } = name;

    public void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction)
    {
        Fault.CheckValue(header);
        Fault.CheckValue(fillAction);
    }

    public void Checkpoint(params double?[] values) => Fault.CheckValue(values);

    public IProgressChannel StartProgressChannel(string name)
    {
        Fault.CheckNonEmpty(name);
        return new ProgressChannel(Name + "; " + name);
    }

    public void Dispose()
    {
    }
}

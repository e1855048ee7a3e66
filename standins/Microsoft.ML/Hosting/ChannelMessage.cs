namespace Microsoft.ML.Runtime;

public readonly struct ChannelMessage
{
    public readonly ChannelMessageKind Kind;
    public readonly MessageSensitivity Sensitivity;
    private readonly string text;
    private readonly object[] arguments;

    internal ChannelMessage(ChannelMessageKind kind, MessageSensitivity sensitivity, string text, object[] arguments = null)
    {
        Fault.CheckNonEmpty(text, "message");
        Kind = kind;
        Sensitivity = sensitivity;
        this.text = text;
        this.arguments = arguments;
    }

    public string Message => arguments is null ? text : string.Format(text, arguments);
}

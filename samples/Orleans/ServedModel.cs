using RnnLm;

namespace TypingSessions;

/// <summary>The model of a silo: once in memory, immutable, and used by all grains at once.</summary>
public sealed class ServedModel
{
    private readonly LanguageModel model;
    private readonly string checksum;

    /// <param name="model">The model.</param>
    /// <exception cref="NotSupportedException">Its states cannot be stored.</exception>
    public ServedModel(LanguageModel model)
    {
        model.SaveState(model.Start(), Stream.Null);
        this.model = model;
        checksum = model.ComputeChecksum();
    }

    /// <summary>Begins a session behind lines that are settled. A state of another model is of no use; what was learned of the person is.</summary>
    public TypingSession StartTyping(SettledText settled)
    {
        var options = new TypingOptions { User = settled.Words.Length > 0 ? UserModel.Load(new MemoryStream(settled.Words)) : null };
        return settled.Model == checksum ? model.StartTyping(model.LoadState(new MemoryStream(settled.State)), options) : model.StartTyping(options);
    }

    /// <summary>What is to be stored of a session that has read whole lines.</summary>
    public SettledText Settle(TypingSession session, long number, int length)
        => new() { Number = number, Length = length, Model = checksum, State = Bytes(stream => model.SaveState(session.State!, stream)), Words = Bytes(session.User!.Save) };

    public override string ToString() => model.ToString();

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}

using Microsoft.ML.Runtime;

namespace RnnLm.StandIns.MicrosoftML.Tests;

public class LogTests
{
    [Fact]
    public void Messages_of_a_channel_reach_the_log()
    {
        var context = new MLContext(1);
        var messages = new List<LoggingEventArgs>();
        context.Log += (sender, e) =>
        {
            Assert.Same(context, sender);
            messages.Add(e);
        };
        using (var channel = ((IChannelProvider)context).Start("Mine"))
        {
            channel.Info(MessageSensitivity.None, "plain {0}");
            channel.Warning(MessageSensitivity.None, "with {0} and {1}", 1, "two");
            channel.Error(MessageSensitivity.All, "bad");
            channel.Trace(MessageSensitivity.UserData, "fine");
        }

        var own = messages.Where(m => !m.RawMessage.StartsWith("Channel", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["plain {0}", "with 1 and two", "bad", "fine"], own.Select(m => m.RawMessage));
        Assert.Equal([ChannelMessageKind.Info, ChannelMessageKind.Warning, ChannelMessageKind.Error, ChannelMessageKind.Trace],
            own.Select(m => m.Kind));
        Assert.All(own, m => Assert.Equal("Mine", m.Source));
        Assert.Equal("[Source=Mine, Kind=Info] plain {0}", own[0].Message);
        Assert.Contains(messages, m => m.RawMessage == "Channel started");
        Assert.Contains(messages, m => m.RawMessage == "Channel disposed");
    }

    [Fact]
    public void A_host_names_itself_as_source()
    {
        var context = new MLContext(1);
        var sources = new List<string>();
        context.Log += (_, e) => sources.Add(e.Source);
        var host = ((IHostEnvironment)context).Register("Component");
        using (var channel = host.Start("Training"))
            channel.Info(MessageSensitivity.None, "x");
        Assert.All(sources, s => Assert.Equal("Component; Training", s));
        Assert.NotNull(host.Rand);
        Assert.Same(context.ComponentCatalog, host.ComponentCatalog);
        Assert.Throws<ArgumentOutOfRangeException>(() => ((IHostEnvironment)context).Register(""));
    }

    [Fact]
    public void Hosts_of_contexts_with_one_seed_draw_the_same_numbers()
    {
        int Draw(int? seed) => ((IHostEnvironment)new MLContext(seed)).Register("x").Rand.Next();
        Assert.Equal(Draw(3), Draw(3));
        Assert.NotEqual(Draw(3), Draw(4));
    }

    [Fact]
    public void An_environment_notes_itself_in_exceptions_and_takes_progress_reports()
    {
        var context = new MLContext(1);
        var error = new InvalidOperationException("x");
        Assert.Same(error, ((IExceptionContext)context).Process(error));
        using var progress = ((IProgressChannelProvider)context).StartProgressChannel("p");
        progress.SetHeader(new ProgressHeader(["loss"], ["epochs"]), entry => entry.SetProgress(0, 1, 2));
        progress.Checkpoint(0.5, 1);
        using var pipe = ((IChannelProvider)context).StartPipe<string>("pipe");
        pipe.Send("message");
    }
}

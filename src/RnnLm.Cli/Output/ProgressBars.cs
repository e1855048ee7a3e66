using Spectre.Console;
using Spectre.Console.Rendering;

namespace RnnLm.Cli.Output;

/// <summary>Training progress as a live bar with words a second, perplexity and time left; a line remains of every epoch.</summary>
sealed class ProgressBars(IAnsiConsole console) : IProgress<TrainingEvent>
{
    private const int BarWidth = 16; // the whole line fits a terminal of 80 columns

    private ProgressTask? bar;
    private string figures = "";

    /// <summary>Runs an action while the bar is shown.</summary>
    public T While<T>(Func<T> action)
        => console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), new FiguresColumn(this))
            .Start(context =>
            {
                bar = context.AddTask("training");
                return action();
            });

    public void Report(TrainingEvent value)
    {
        if (bar is null) return;
        switch (value)
        {
            case TrainingProgressed progress:
                bar.Description = $"epoch {progress.Epoch}/{progress.Epochs}";
                bar.Value = 100 * progress.Share;
                figures = FormattableString.Invariant($"{progress.WordsPerSecond:N0} words/s  perplexity {progress.TrainingPerplexity:N1}  {progress.Remaining:h\\:mm\\:ss} left");
                break;
            case ValidationStarted validation:
                figures = FormattableString.Invariant($"validating on {validation.Words:N0} words");
                break;
            default:
                console.WriteLine(value.ToString());
                break;
        }
    }

    private sealed class FiguresColumn(ProgressBars bars) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Markup(Markup.Escape(bars.figures));
    }
}

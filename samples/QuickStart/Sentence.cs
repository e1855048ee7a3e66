namespace QuickStart;

/// <summary>What goes into the pipeline.</summary>
sealed class Sentence
{
    public string Text { get; set; } = "";
}

namespace RnnLm.Documentation.Tests;

/// <summary>A code block of a page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Section">The heading of the first or second level above it.</param>
/// <param name="Language">What the fence says it is; empty where it says nothing, and of an indented block.</param>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Text">What is in it.</param>
internal sealed record CodeBlock(Page Page, string Section, string Language, int Line, string Text)
{
    public override string ToString() => $"{Page.Path}:{Line}";
}

using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnLm.Documentation.Tests;

/// <summary>
/// The blocks of C# that go together: those under one heading of the second level, in their order. A block that begins with using directives begins a program of its own,
/// which stands alone; what a block that does not begin one takes for granted is in <see cref="Given"/>.
/// </summary>
internal sealed class DocumentedProgram
{
    // What a project of the SDK sees without saying so.
    private const string SdkUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    // What a project of its web SDK sees beside that.
    private const string WebUsings = """
        global using System.Net.Http.Json;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;

        """;

    private const string GivenUsings = """
        global using Microsoft.ML;
        global using RnnLm;
        global using static RnnLm.Documentation.Tests.Given;

        """;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Append(typeof(Given).Assembly.Location)
            .DistinctBy(Path.GetFileName).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly List<CodeBlock> blocks;

    private DocumentedProgram(List<CodeBlock> blocks) => this.blocks = blocks;

    /// <summary>The page and the line where it begins.</summary>
    public string Name => blocks[0].ToString();

    /// <summary>Whether its first block stands alone.</summary>
    public bool StandsAlone => BeginsProgram(blocks[0]);

    /// <summary>The text of all its blocks.</summary>
    public string Text => string.Join('\n', blocks.Select(block => block.Text));

    /// <summary>The programs of a page.</summary>
    public static IEnumerable<DocumentedProgram> Of(Page page)
    {
        var program = new List<CodeBlock>();
        foreach (var block in page.Blocks.Where(block => block.Language == "csharp"))
        {
            if (program.Count > 0 && (BeginsProgram(block) || block.Section != program[0].Section))
            {
                yield return new DocumentedProgram(program);
                program = [];
            }
            program.Add(block);
        }
        if (program.Count > 0) yield return new DocumentedProgram(program);
    }

    /// <summary>Compiles the first block by itself, where it is to stand alone, and then all of them.</summary>
    /// <returns>The assembly.</returns>
    /// <exception cref="InvalidDataException">It does not compile; the message says why, with the lines of the page.</exception>
    public byte[] Compile()
    {
        var usings = Text.Contains("WebApplication.", StringComparison.Ordinal) ? SdkUsings + WebUsings : SdkUsings;
        if (StandsAlone) Compile(blocks[..1], usings);
        return Compile(blocks, usings + GivenUsings);
    }

    /// <summary>Runs what was compiled, in this process.</summary>
    public static void Run(byte[] assembly)
    {
        var entry = Assembly.Load(assembly).EntryPoint!;
        entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, entry.GetParameters().Length == 0 ? null : [Array.Empty<string>()], null);
    }

    private byte[] Compile(IReadOnlyList<CodeBlock> parts, string globalUsings)
    {
        var compilation = CSharpCompilation.Create(
            $"Documented{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(globalUsings, Parsing), CSharpSyntaxTree.ParseText(Join(parts), Parsing, Name)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        Diagnostic[] faults = [.. compilation.Emit(assembly).Diagnostics.Where(fault => fault.Severity >= DiagnosticSeverity.Warning && !IsHarmless(fault))];
        if (faults.Length == 0) return assembly.ToArray();
        throw new InvalidDataException(string.Join('\n', faults.Select(Describe)));
    }

    private static string Describe(Diagnostic fault)
    {
        var place = fault.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {fault.Id}: {fault.GetMessage(CultureInfo.InvariantCulture)}";
    }

    // Assemblies of several frameworks are side by side, and a variable may be there to be read by the reader alone.
    private static bool IsHarmless(Diagnostic fault) => fault.Id is "CS1701" or "CS1702" or "CS0168" or "CS0219" or "CS8321";

    /// <summary>One source of blocks: their using directives, then their statements, then their types, each with the line where it stands in the page.</summary>
    private static string Join(IReadOnlyList<CodeBlock> parts)
    {
        var (usings, statements, types) = (new List<string>(), new StringBuilder(), new StringBuilder());
        foreach (var part in parts)
        {
            var tree = CSharpSyntaxTree.ParseText(part.Text, Parsing);
            var root = tree.GetCompilationUnitRoot();
            foreach (var directive in root.Usings) usings.Add(directive.ToString());
            foreach (var member in root.Members)
            {
                var line = tree.GetLineSpan(member.FullSpan).StartLinePosition.Line + part.Line;
                (member is GlobalStatementSyntax ? statements : types).Append($"#line {line} \"{part.Page.Path}\"\n{member.ToFullString()}\n");
            }
        }
        return $"{string.Join('\n', usings.Distinct())}\n{statements}{types}";
    }

    private static bool BeginsProgram(CodeBlock block) => CSharpSyntaxTree.ParseText(block.Text, Parsing).GetCompilationUnitRoot().Usings.Count > 0;
}

using Microsoft.CodeAnalysis;

namespace RnnLm.Architecture.Tests;

public sealed class TypeNameTests
{
    [Fact]
    public void No_two_types_have_one_name_wherever_they_are()
    {
        var names = from project in Sources.Projects
                    from type in TypesIn(Sources.Of(project).Compilation.Assembly.GlobalNamespace)
                    group $"{project}: {type}" by $"{type.Name}`{type.Arity}" into same
                    where same.Count() > 1
                    select string.Join(", ", same);
        Assert.Empty(names);
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceSymbol space)
        => space.GetTypeMembers().Where(type => type.Name != "Program").Concat(space.GetNamespaceMembers().SelectMany(TypesIn));
}

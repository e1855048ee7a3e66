using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>Calls a generic method whose type arguments are known only at run time.</summary>
internal static class RuntimeGenerics
{
    private const BindingFlags AnyMember = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
                                           | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Calls a static generic method of <paramref name="owner"/>.</summary>
    public static T CallStatic<T>(Type owner, string method, Type[] typeArguments, params object[] arguments)
        => (T)Close(owner, method, typeArguments).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    /// <summary>Calls a generic method that <paramref name="owner"/> declares on <paramref name="target"/>.</summary>
    public static T Call<T>(Type owner, object target, string method, Type[] typeArguments, params object[] arguments)
        => (T)Close(owner, method, typeArguments).Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static MethodInfo Close(Type owner, string method, Type[] typeArguments)
        => owner.GetMethods(AnyMember)
            .Single(m => m.Name == method && m.IsGenericMethodDefinition && m.GetGenericArguments().Length == typeArguments.Length)
            .MakeGenericMethod(typeArguments);
}

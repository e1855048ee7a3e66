using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace RnnLm.AspNetCore;

/// <summary>The key that requests must have. Checking it takes as long whatever is wrong with the one that was given.</summary>
internal sealed class ApiKey(string key)
{
    private const string Scheme = "Bearer ";

    // Of one length whatever the key's is.
    private readonly byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Whether a header <c>Authorization</c> has it.</summary>
    public bool IsIn(StringValues header)
        => header is [{ } given] && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given[Scheme.Length..].Trim())), hash);
}

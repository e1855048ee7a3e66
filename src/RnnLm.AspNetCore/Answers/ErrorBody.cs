namespace RnnLm.AspNetCore;

/// <summary>What went wrong, as OpenAI's clients read it.</summary>
internal sealed record ErrorBody(ErrorBody.Details Error)
{
    /// <param name="Message">What was wrong, and what would be right.</param>
    /// <param name="Type">Whose fault it is: <c>invalid_request_error</c> or <c>server_error</c>.</param>
    /// <param name="Param">The parameter that it is about.</param>
    /// <param name="Code">A name of the fault for programs.</param>
    internal sealed record Details(string Message, string Type, string? Param, string? Code);
}

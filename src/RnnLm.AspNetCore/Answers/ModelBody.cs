namespace RnnLm.AspNetCore;

/// <summary>A model that is served.</summary>
internal sealed record ModelBody(string Id, string Object, long Created, string OwnedBy);

/// <summary>The models that are served.</summary>
internal sealed record ModelListBody(string Object, IReadOnlyList<ModelBody> Data);

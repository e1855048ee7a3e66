namespace RnnLm.Web.Tests;

public sealed class ServerPageTests(ServerFixture fixture) : PageTests(fixture), IClassFixture<ServerFixture>;

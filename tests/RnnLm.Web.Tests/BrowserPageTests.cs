namespace RnnLm.Web.Tests;

public sealed class BrowserPageTests(BrowserFixture fixture) : PageTests(fixture), IClassFixture<BrowserFixture>;

using CaseFlow.Server.Hosting;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.Host;

public sealed class The_host_is_sound
{
    /// <summary>In Development the container checks, while it is built, that every service can be made and that none outlives what it holds.</summary>
    [Fact]
    public async Task Every_service_can_be_made_and_none_outlives_what_it_holds()
    {
        var folder = Directory.CreateTempSubdirectory("caseflow-host-").FullName;
        await using (CaseFlowServer.Build(["--environment", "Development", "--data", folder, "--demo", "false", "--applicationName", "CaseFlow.Server", "--contentRoot", Repository.Path("src", "CaseFlow.Server")]))
        {
        }

        foreach (var path in new[] { folder, folder + "-keys" }.Where(Directory.Exists))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    [Theory]
    [InlineData(new[] { "--demo", "false" }, "Production")]
    [InlineData(new[] { "--demo=false", "--urls", "http://localhost:5080" }, "Production")]
    [InlineData(new[] { "--demo", "false", "--environment", "Development" }, null)]
    [InlineData(new[] { "--demo", "true" }, null)]
    [InlineData(new string[0], null)]
    public void An_installation_without_the_demo_runs_with_production_settings_unless_told_otherwise(string[] arguments, string? environment) =>
        Assert.Equal(environment, CaseFlowServer.EnvironmentOf(arguments));
}

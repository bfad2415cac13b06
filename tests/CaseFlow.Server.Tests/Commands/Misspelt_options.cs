using CaseFlow.Server.Commands;

namespace CaseFlow.Server.Tests.Commands;

/// <summary>A misspelt option of a command on the database would silently mean another database.</summary>
public sealed class Misspelt_options
{
    [Theory]
    [InlineData("--dta", "/tmp/x")]
    [InlineData("--dta=/tmp/x", "")]
    public void They_are_refused(string option, string value)
    {
        string[] args = value.Length > 0 ? [option, value] : [option];
        var refused = Assert.Throws<InvalidDataException>(() => DatabaseCommandHost.Build(args));
        Assert.Contains("'--dta'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_reads_makes_no_folder()
    {
        var nowhere = Path.Combine(Path.GetTempPath(), $"caseflow-nowhere-{Guid.NewGuid():N}");
        Assert.Throws<InvalidDataException>(() => DatabaseCommandHost.Build(["--data", nowhere, "--createKeys=false"], onlyReads: true));
        Assert.False(Directory.Exists(nowhere));
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CaseFlow.Persistence;
using CaseFlow.Server.Tests.Support;

namespace CaseFlow.Server.Tests.Commands;

/// <summary>
/// <c>restore</c> with what an operator may have in hand by mistake: one clear sentence, exit code 1, and a target that is as it
/// was before.
/// </summary>
[Trait("needs", "process")]
public sealed class Restoring(Restoring.Backup backup) : IClassFixture<Restoring.Backup>, IDisposable
{
    private readonly string _target = SharedKeys.NewDataFolder("caseflow-restore-");

    public void Dispose() => SharedKeys.Delete(_target);

    [Fact]
    public async Task The_backup_itself_is_restored()
    {
        var (code, said) = await RestoreAsync(backup.File);
        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task A_row_that_is_no_row_is_named()
    {
        var file = Changed("tables/PolicyFigures.jsonl", text => text.Insert(text.IndexOf('\n') + 1, "[1, 2\n"));
        await RefusesAsync(file, "Row 2 of PolicyFigures in the file is damaged");
    }

    [Fact]
    public async Task A_row_with_a_value_too_few_is_named()
    {
        var file = Changed("tables/PolicyFigures.jsonl", text => text.Insert(0, "[\"1\"]\n"));
        await RefusesAsync(file, "Row 1 of PolicyFigures in the file is damaged");
    }

    [Fact]
    public async Task A_value_that_was_changed_is_found_by_the_hash_of_its_table()
    {
        var file = Changed("tables/PolicyFigures.jsonl", text => text.Replace("dibao", "dibap", StringComparison.Ordinal));
        await RefusesAsync(file, "The rows of PolicyFigures in the file are damaged");
    }

    [Fact]
    public async Task A_cut_file_is_no_backup()
    {
        var file = Copy();
        await using (var stream = File.Open(file, FileMode.Open))
        {
            stream.SetLength(stream.Length / 2);
        }

        await RefusesAsync(file, "is no backup of CaseFlow");
    }

    [Fact]
    public async Task A_byte_that_was_flipped_in_the_packed_rows_is_told()
    {
        var file = Copy();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        await RefusesAsync(file, "damaged");
    }

    [Fact]
    public async Task A_broken_manifest_is_told()
    {
        var file = Changed("manifest.json", text => text[..(text.Length / 2)]);
        await RefusesAsync(file, "The manifest of the backup is damaged");
    }

    [Theory]
    [InlineData("another")]
    [InlineData("same-index")]
    public async Task The_keys_of_another_installation_are_refused(string what)
    {
        var keys = Path.Combine(_target, "other.json");
        KeyFiles.Create(keys);
        if (what == "same-index")
        {
            var own = JsonNode.Parse(await File.ReadAllTextAsync(backup.KeyFile, TestContext.Current.CancellationToken))!;
            var other = JsonNode.Parse(await File.ReadAllTextAsync(keys, TestContext.Current.CancellationToken))!;
            other["indexKey"] = own["indexKey"]!.DeepClone();
            await File.WriteAllTextAsync(keys, other.ToJsonString(), TestContext.Current.CancellationToken);
        }

        await RefusesAsync(backup.File, "The key file is not the one that belongs to this backup", "--keys", keys);
    }

    [Fact]
    public async Task A_key_file_that_is_none_is_named()
    {
        var keys = Path.Combine(_target, "keys.txt");
        await File.WriteAllTextAsync(keys, "no keys", TestContext.Current.CancellationToken);
        await RefusesAsync(backup.File, $"{keys} is no key file, or is damaged", "--keys", keys);
    }

    private async Task RefusesAsync(string file, string sentence, params string[] more)
    {
        var (code, said) = await RestoreAsync(file, more);
        Assert.True(code == 1, $"{code}: {said}");
        Assert.Contains(sentence, said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.False(File.Exists(Path.Combine(_target, "caseflow.db")), "the target was touched");
    }

    private Task<(int Code, string Said)> RestoreAsync(string file, params string[] more) =>
        BuiltServer.RunAsync(["restore", file, "--data", _target, .. more]);

    private string Copy()
    {
        var file = Path.Combine(_target, $"{Guid.NewGuid():N}.zip");
        File.Copy(backup.File, file);
        return file;
    }

    private string Changed(string entry, Func<string, string> change)
    {
        var file = Copy();
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        string text;
        using (var reader = new StreamReader(zip.GetEntry(entry)!.Open(), Encoding.UTF8))
        {
            text = reader.ReadToEnd();
        }

        zip.GetEntry(entry)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
        writer.Write(change(text));
        return file;
    }

    /// <summary>A backup of an installation with policy, templates, case types and one person's account.</summary>
    public sealed class Backup : IAsyncLifetime
    {
        private readonly string _data = SharedKeys.NewDataFolder("caseflow-backup-");

        public string File => Path.Combine(_data, "backup.zip");

        public string KeyFile => Path.Combine(_data + "-keys", "fields.json");

        public async ValueTask InitializeAsync()
        {
            var server = new TestServer();
            await using (server)
            {
                await server.OpenAsync("wang");
                await server.WithAsync<CaseFlow.Cases.Kernel.IStepRunner, bool>(steps => steps.RunAsync(
                    new CaseFlow.Cases.Kernel.Step("test", CaseFlow.Cases.Organisation.Actor.System("test")),
                    (services, _) =>
                    {
                        ((CaseFlow.Cases.Kernel.IUnitOfWork)services.GetService(typeof(CaseFlow.Cases.Kernel.IUnitOfWork))!)
                            .Set<CaseFlow.Cases.People.Person>().Add(new() { Name = "王秀兰", IdNumber = "220502196203155421" });
                        return Task.FromResult(true);
                    },
                    CancellationToken.None));
                await server.WithAsync<IDatabaseArchive, bool>(async archive =>
                {
                    await archive.BackupAsync(File, CancellationToken.None);
                    return true;
                });
            }
        }

        public ValueTask DisposeAsync()
        {
            SharedKeys.Delete(_data);
            return ValueTask.CompletedTask;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Messages;
using CaseFlow.Cases.Notices;
using CaseFlow.Cases.People;
using CaseFlow.Persistence.Protection;
using CaseFlow.Persistence.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Persistence.Tests;

public sealed class ProtectionTests
{
    private const string IdNumber = "220502196001011237";
    private const string Secret = "邻居王某家有两套房";

    [Fact]
    public async Task Identity_numbers_and_private_texts_are_in_no_byte_of_the_database()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        var opened = await Given.CaseAsync(host);
        await host.StepAsync((db, _) =>
        {
            db.Set<Person>().Add(new Person { Name = "张建国", IdNumber = IdNumber, Phone = "13912345678", BankAccount = "6217000012345678901" });
            var notice = db.Set<PublicNotice>().Add(new PublicNotice { CaseId = opened.Id }).Entity;
            db.Set<Objection>().Add(new Objection { CaseId = opened.Id, NoticeId = notice.Id, ReceiptNumber = "r", Text = Secret, ObjectorName = Secret, ObjectorContact = Secret });
            db.Set<IssuedDocument>().Add(new IssuedDocument { CaseId = opened.Id, Html = Secret, ModelJson = Secret });
            db.Set<OutboxMessage>().Add(new OutboxMessage { CaseId = opened.Id, EventKey = "e", MessageKey = "m", Body = Secret });
            db.Set<FormSnapshot>().Add(new FormSnapshot { CaseId = opened.Id, DataJson = Secret });
            return Task.FromResult(0);
        });
        await using (var request = host.Services.CreateAsyncScope())
        {
            await request.ServiceProvider.GetRequiredService<Cases.Blobs.IBlobStore>().PutAsync(Encoding.UTF8.GetBytes(Secret), TestHost.Stop);
        }

        SqliteConnection.ClearAllPools();
        var file = new SqliteConnectionStringBuilder(host.Options.ConnectionString).DataSource;
        var bytes = (await File.ReadAllBytesAsync(file, TestHost.Stop))
            .Concat(File.Exists(file + "-wal") ? await File.ReadAllBytesAsync(file + "-wal", TestHost.Stop) : []).ToArray();
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("张建国")) >= 0, "the bytes that are searched are those of the database");
        foreach (var secret in new[] { IdNumber, "13912345678", "6217000012345678901", Secret })
        {
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, secret);
        }
    }

    [Fact]
    public async Task A_person_is_found_by_the_blind_index_however_the_number_is_written()
    {
        await using var host = await TestHost.StartAsync(DatabaseKind.Sqlite);
        await host.StepAsync((db, _) =>
        {
            db.Set<Person>().Add(new Person { Name = "张建国", IdNumber = "22050219600101123X", Phone = "139 1234 5678" });
            return Task.FromResult(0);
        });
        var index = host.Services.GetRequiredService<IBlindIndex>();
        var found = await host.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.IdNumberIndex == index.OfIdNumber(" 22050219600101123x"), TestHost.Stop));
        Assert.Equal("22050219600101123X", found.IdNumber);
        Assert.Equal("139 1234 5678", found.Phone);
        Assert.True(await host.ReadAsync(db => db.Set<Person>().AnyAsync(p => p.PhoneIndex == index.OfPhone("+86 13912345678"), TestHost.Stop)));
    }

    [Fact]
    public void A_value_that_was_changed_or_moved_to_another_column_is_not_read()
    {
        var cipher = new FieldCipher(KeyRing.Throwaway());
        var value = cipher.Encrypt(IdNumber, "Person.IdNumber");
        Assert.Equal(IdNumber, cipher.DecryptText(value, "Person.IdNumber"));
        Assert.ThrowsAny<CryptographicException>(() => cipher.DecryptText(value, "Person.Phone"));
        value[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => cipher.DecryptText(value, "Person.IdNumber"));
    }

    [Fact]
    public void A_missing_key_file_is_an_error_unless_one_may_be_made()
    {
        var path = DatabaseKind.TemporaryPath(".keys.json");
        Assert.Throws<FileNotFoundException>(() => KeyRing.Open(path, create: false));
        var made = KeyRing.Open(path, create: true);
        Assert.Equal(made.Fingerprint, KeyRing.Open(path, create: false).Fingerprint);
    }

    [Fact]
    public void Values_of_an_older_key_are_still_read_after_a_new_key_became_current()
    {
        var path = DatabaseKind.TemporaryPath(".keys.json");
        var old = new FieldCipher(KeyRing.Open(path, create: true)).Encrypt(IdNumber, "Person.IdNumber");
        var text = File.ReadAllText(path);
        var second = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(path, text.Replace("\"current\": \"k1\"", "\"current\": \"k2\"", StringComparison.Ordinal)
            .Replace("\"keys\": {", $"\"keys\": {{ \"k2\": \"{second}\",", StringComparison.Ordinal));
        var cipher = new FieldCipher(KeyRing.Open(path, create: false));
        Assert.Equal(IdNumber, cipher.DecryptText(old, "Person.IdNumber"));
        Assert.Equal("k2", Encoding.ASCII.GetString(cipher.Encrypt("x", "c"), 2, 2));
    }
}

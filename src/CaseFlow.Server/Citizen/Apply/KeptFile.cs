using CaseFlow.Cases.Tasks;

namespace CaseFlow.Server.Citizen.Apply;

/// <summary>A file that was sent before and stays unless its box is unticked.</summary>
/// <param name="Value">What the box posts.</param>
/// <param name="Name">Its name, as the citizen knows it.</param>
public sealed record KeptFile(string Value, string Name)
{
    /// <summary>The files of one paper.</summary>
    public static IReadOnlyList<KeptFile> Of(IEnumerable<UploadedMaterial> uploads, string code) =>
        [.. uploads.Where(u => u.Code == code).Select(u => new KeptFile($"{u.Code}|{u.BlobHash}", u.FileName))];
}

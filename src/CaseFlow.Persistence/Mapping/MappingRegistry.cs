using CaseFlow.Persistence.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CaseFlow.Persistence.Mapping;

/// <summary>Applies the mappings, one file for each feature folder of the domain.</summary>
internal static class MappingRegistry
{
    /// <summary>Adds all rows to the model.</summary>
    public static void Apply(ModelBuilder model, FieldCipher cipher)
    {
        KernelMapping.Apply(model);
        OrganisationMapping.Apply(model, cipher);
        PeopleMapping.Apply(model, cipher);
        CaseTypesMapping.Apply(model);
        CaseFilesMapping.Apply(model, cipher);
        ProceduresMapping.Apply(model);
        TasksMapping.Apply(model);
        CalendarMapping.Apply(model);
        AuthorityMapping.Apply(model);
        AssessmentMapping.Apply(model);
        BenefitsMapping.Apply(model);
        PaymentsMapping.Apply(model);
        RaisesMapping.Apply(model);
        NoticesMapping.Apply(model, cipher);
        DocumentsMapping.Apply(model, cipher);
        MessagesMapping.Apply(model, cipher);
        ReviewsMapping.Apply(model);
        VerificationMapping.Apply(model);
        AuditMapping.Apply(model);
        IncidentsMapping.Apply(model);
        BlobsMapping.Apply(model);
        WorkflowsMapping.Apply(model);
    }

    /// <summary>Stores a text encrypted. Such a column can be neither searched nor sorted.</summary>
    public static PropertyBuilder<string> Encrypted(this PropertyBuilder<string> property, FieldCipher cipher) =>
        property.HasConversion(Converter(property, cipher));

    /// <summary>Stores an optional text encrypted.</summary>
    public static PropertyBuilder<string?> EncryptedOptional(this PropertyBuilder<string?> property, FieldCipher cipher) =>
        property.HasConversion((ValueConverter)Converter(property, cipher));

    private static EncryptedText Converter(PropertyBuilder property, FieldCipher cipher) =>
        new(cipher, $"{property.Metadata.DeclaringType.ClrType.Name}.{property.Metadata.Name}");
}

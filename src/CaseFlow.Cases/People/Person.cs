using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;

namespace CaseFlow.Cases.People;

/// <summary>Gender as in the ID number (digit 17).</summary>
public enum Gender
{
    /// <summary>男.</summary>
    Male,

    /// <summary>女.</summary>
    Female,
}

/// <summary>
/// One human being in the registry of the bureau. ID, telephone and account numbers exist only here and in
/// <see cref="Account"/>, encrypted (AES-GCM with key id), found again by a keyed hash; everything else holds references.
/// </summary>
public sealed class Person
{
    /// <summary>Identity.</summary>
    public Id<Person> Id { get; set; } = Id<Person>.New();

    /// <summary>Full name.</summary>
    public string Name { get; set; } = "";

    /// <summary>18-character resident identity number; encrypted in the database.</summary>
    public string IdNumber { get; set; } = "";

    /// <summary>Keyed hash of <see cref="IdNumber"/> for look-up; unique; set when saving.</summary>
    public string IdNumberIndex { get; set; } = "";

    /// <summary>Gender.</summary>
    public Gender Gender { get; set; }

    /// <summary>Day of birth.</summary>
    public DateOnly BirthDate { get; set; }

    /// <summary>Day of death, once known.</summary>
    public DateOnly? DiedOn { get; set; }

    /// <summary>Mobile number; encrypted.</summary>
    public string? Phone { get; set; }

    /// <summary>Keyed hash of <see cref="Phone"/>.</summary>
    public string? PhoneIndex { get; set; }

    /// <summary>Where mail goes, if the person wants it.</summary>
    public string? Email { get; set; }

    /// <summary>Account number (一卡通); encrypted.</summary>
    public string? BankAccount { get; set; }

    /// <summary>Bank of the account.</summary>
    public string? BankName { get; set; }

    /// <summary>Community or village of the hukou.</summary>
    public Id<OrganisationUnit>? HukouOrganisationId { get; set; }

    /// <summary>Usual residence, as text.</summary>
    public string Address { get; set; } = "";

    /// <summary>Whether documents may be delivered electronically (written consent).</summary>
    public bool ElectronicDeliveryConsent { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Revision { get; set; }
}

namespace CaseFlow.Cases.People;

/// <summary>
/// Finds persons by numbers that are encrypted in the database: a keyed hash over the full, normalised value. Query
/// <see cref="Person.IdNumberIndex"/> and <see cref="Person.PhoneIndex"/> with it; a query on the number itself finds nothing.
/// </summary>
public interface IBlindIndex
{
    /// <summary>Index of a resident identity number; blanks are removed and the check character is upper-cased.</summary>
    string OfIdNumber(string idNumber);

    /// <summary>Index of a telephone number; everything but digits and a leading +86 is removed.</summary>
    string OfPhone(string phone);

    /// <summary>Index of a bank account number; everything but digits is removed.</summary>
    string OfBankAccount(string account);
}

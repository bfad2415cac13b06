using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CaseFlow.Persistence.Protection;

/// <summary>Stores a text encrypted. That a column is encrypted is read from the model by this type, see <see cref="EncryptedColumn"/>.</summary>
internal sealed class EncryptedText(FieldCipher cipher, string column)
    : ValueConverter<string, byte[]>(clear => cipher.Encrypt(clear, column), stored => cipher.DecryptText(stored, column))
{
    /// <summary>Whether a stored value can be read with these keys and is what was written into this column.</summary>
    public bool CanRead(byte[] stored)
    {
        try
        {
            cipher.Decrypt(stored, column);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

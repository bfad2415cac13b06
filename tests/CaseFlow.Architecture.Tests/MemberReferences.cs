using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace CaseFlow.Architecture.Tests;

/// <summary>Reads which members of another assembly the code of some types uses: calls, fields, base types, attributes.</summary>
internal static class MemberReferences
{
    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(x => (OpCode)x.GetValue(null)!).ToDictionary(x => x.Value);

    /// <summary>The members as <c>Type.Member</c>, generic types without their arguments.</summary>
    /// <param name="assemblyFile">The assembly that is read.</param>
    /// <param name="into">The name of the assembly whose members are listed.</param>
    /// <param name="ofTypes">Which types are read, by namespace and name of the outermost type.</param>
    public static SortedSet<string> Read(string assemblyFile, string into, Func<string, bool> ofTypes)
    {
        using var stream = File.OpenRead(assemblyFile);
        using var file = new PEReader(stream);
        var reader = file.GetMetadataReader();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if (!ofTypes(OutermostName(reader, type)))
            {
                continue;
            }

            foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition).Where(x => x.RelativeVirtualAddress != 0))
            {
                ReadBody(reader, file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!, into, found);
            }

            foreach (var attribute in AttributesOf(reader, type))
            {
                Add(reader, reader.GetCustomAttribute(attribute).Constructor, into, found);
            }
        }

        return found;
    }

    private static IEnumerable<CustomAttributeHandle> AttributesOf(MetadataReader reader, TypeDefinition type) =>
        type.GetCustomAttributes().Concat(type.GetProperties().SelectMany(x => reader.GetPropertyDefinition(x).GetCustomAttributes()));

    private static void ReadBody(MetadataReader reader, byte[] il, string into, SortedSet<string> found)
    {
        for (var i = 0; i < il.Length;)
        {
            var code = il[i] == 0xFE ? OpCodes[(short)(0xFE00 | il[i + 1])] : OpCodes[il[i]];
            i += code.Size;
            switch (code.OperandType)
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok or OperandType.InlineType:
                    Add(reader, MetadataTokens.EntityHandle(BitConverter.ToInt32(il, i)), into, found);
                    i += 4;
                    break;
                case OperandType.InlineSwitch:
                    i += 4 + (4 * BitConverter.ToInt32(il, i));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    i += 1;
                    break;
                case OperandType.InlineVar:
                    i += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    i += 8;
                    break;
                default:
                    i += 4;
                    break;
            }
        }
    }

    private static void Add(MetadataReader reader, EntityHandle handle, string into, SortedSet<string> found)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                Add(reader, reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method, into, found);
                break;
            case HandleKind.MemberReference:
                var member = reader.GetMemberReference((MemberReferenceHandle)handle);
                if (TypeName(reader, member.Parent, into) is { } owner)
                {
                    found.Add($"{owner}.{reader.GetString(member.Name)}");
                }

                break;
            case HandleKind.TypeReference or HandleKind.TypeSpecification:
                if (TypeName(reader, handle, into) is { } type)
                {
                    found.Add(type);
                }

                break;
        }
    }

    private static string? TypeName(MetadataReader reader, EntityHandle handle, string into)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                var type = reader.GetTypeReference((TypeReferenceHandle)handle);
                return type.ResolutionScope.Kind == HandleKind.AssemblyReference
                    && reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == into
                    ? $"{reader.GetString(type.Namespace)}.{Bare(reader.GetString(type.Name))}"
                    : null;
            case HandleKind.TypeSpecification:
                var blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                return blob.ReadByte() == (byte)SignatureTypeCode.GenericTypeInstance && blob.ReadByte() is var _
                    ? TypeName(reader, blob.ReadTypeHandle(), into)
                    : null;
            default:
                return null;
        }
    }

    private static string Bare(string name) => name.Split('`')[0];

    private static string OutermostName(MetadataReader reader, TypeDefinition type)
    {
        while (!type.GetDeclaringType().IsNil)
        {
            type = reader.GetTypeDefinition(type.GetDeclaringType());
        }

        return $"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}";
    }
}

using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace ChainRule.Tests.Architecture;

/// <summary>Collects the named types of a signature, however deep in arrays, pointers and type arguments.</summary>
internal sealed class SignatureTypes : ISignatureTypeProvider<int, int>
{
    private readonly HashSet<EntityHandle> _found = [];

    public static IEnumerable<EntityHandle> Of(Action<SignatureTypes> decode)
    {
        var types = new SignatureTypes();
        decode(types);
        return types._found;
    }

    public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Add(handle);
    public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Add(handle);

    public int GetTypeFromSpecification(MetadataReader reader, int genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public int GetArrayType(int elementType, ArrayShape shape) => 0;
    public int GetByReferenceType(int elementType) => 0;
    public int GetFunctionPointerType(MethodSignature<int> signature) => 0;
    public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;
    public int GetGenericMethodParameter(int genericContext, int index) => 0;
    public int GetGenericTypeParameter(int genericContext, int index) => 0;
    public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;
    public int GetPinnedType(int elementType) => 0;
    public int GetPointerType(int elementType) => 0;
    public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;
    public int GetSZArrayType(int elementType) => 0;

    private int Add(EntityHandle handle)
    {
        _found.Add(handle);
        return 0;
    }
}

using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ChainRule.Tests.Architecture;

/// <summary>Reads an assembly and its symbols: which source file a type and a member come from, and who uses whom.</summary>
/// <remarks>Source files come from the symbols, so a partial type is judged file by file, which its namespace could not do.</remarks>
internal sealed class HouseReader : IDisposable
{
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly string _sourceRoot;
    private readonly MetadataReader _code;
    private readonly MetadataReader _symbols;
    private readonly PEReader _image;
    private readonly MetadataReaderProvider? _provider;
    private readonly Dictionary<MethodDefinitionHandle, string> _fileOfMethod = [];
    private readonly Dictionary<TypeDefinitionHandle, string[]> _filesOfType = [];
    private readonly HashSet<Use> _uses = [];

    public HouseReader(string assembly, string sourceRoot)
    {
        _sourceRoot = sourceRoot;
        _image = new PEReader(new MemoryStream(File.ReadAllBytes(assembly)));
        _code = _image.GetMetadataReader();
        if (!_image.TryOpenAssociatedPortablePdb(assembly, path => File.Exists(path) ? File.OpenRead(path) : null, out _provider, out _))
            throw new FileNotFoundException($"No symbols beside {assembly}.");
        _symbols = _provider!.GetMetadataReader();

        foreach (MethodDefinitionHandle method in _code.MethodDefinitions)
            if (FileOf(method) is { } file)
                _fileOfMethod[method] = file;
        foreach (TypeDefinitionHandle type in _code.TypeDefinitions)
            _filesOfType[type] = [.. FilesOf(type).Distinct().Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _provider?.Dispose();
        _image.Dispose();
    }

    public IEnumerable<HousedType> Types() =>
        from handle in _code.TypeDefinitions
        let type = _code.GetTypeDefinition(handle)
        where !IsGenerated(handle) && Home(handle) is not null
        select new HousedType(Name(type), Home(handle)!, (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public);

    public IEnumerable<Use> Uses()
    {
        foreach (TypeDefinitionHandle type in _code.TypeDefinitions)
            if (Home(type) is { } home)
                CollectUses(type, home);
        return _uses;
    }

    private void CollectUses(TypeDefinitionHandle handle, string home)
    {
        TypeDefinition type = _code.GetTypeDefinition(handle);
        string name = Name(type);

        var fromType = new List<EntityHandle> { type.BaseType };
        fromType.AddRange(type.GetInterfaceImplementations().Select(i => _code.GetInterfaceImplementation(i).Interface));
        fromType.AddRange(Constraints(type.GetGenericParameters()));
        fromType.AddRange(Attributes(type.GetCustomAttributes()));
        foreach (FieldDefinitionHandle field in type.GetFields())
            fromType.AddRange(SignatureTypes.Of(types => _code.GetFieldDefinition(field).DecodeSignature(types, 0)));
        AddUses(home, name, fromType);

        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = _code.GetMethodDefinition(methodHandle);
            var fromMethod = new List<EntityHandle>(SignatureTypes.Of(types => method.DecodeSignature(types, 0)));
            fromMethod.AddRange(Constraints(method.GetGenericParameters()));
            fromMethod.AddRange(Attributes(method.GetCustomAttributes()));
            if (method.RelativeVirtualAddress != 0)
                fromMethod.AddRange(BodyOf(method));
            AddUses(_fileOfMethod.GetValueOrDefault(methodHandle, home), $"{name}.{_code.GetString(method.Name)}", fromMethod);
        }
    }

    private IEnumerable<EntityHandle> BodyOf(MethodDefinition method)
    {
        MethodBodyBlock body = _image.GetMethodBody(method.RelativeVirtualAddress);
        IEnumerable<EntityHandle> locals = body.LocalSignature.IsNil
            ? []
            : SignatureTypes.Of(types => _code.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(types, 0));
        IEnumerable<EntityHandle> caught = body.ExceptionRegions.Select(region => region.CatchType);
        return [.. locals, .. caught, .. Instructions.Tokens(body.GetILBytes()!)];
    }

    private IEnumerable<EntityHandle> Constraints(GenericParameterHandleCollection parameters) =>
        from parameter in parameters
        from constraint in _code.GetGenericParameter(parameter).GetConstraints()
        select _code.GetGenericParameterConstraint(constraint).Type;

    private IEnumerable<EntityHandle> Attributes(CustomAttributeHandleCollection attributes) =>
        attributes.Select(attribute => _code.GetCustomAttribute(attribute).Constructor);

    private void AddUses(string file, string name, IEnumerable<EntityHandle> used)
    {
        foreach (EntityHandle handle in used)
            AddUse(file, name, handle);
    }

    private void AddUse(string file, string name, EntityHandle used)
    {
        if (used.IsNil)
            return;
        switch (used.Kind)
        {
            case HandleKind.TypeDefinition:
                var type = (TypeDefinitionHandle)used;
                AddInside(file, name, type, Home(type), Name(_code.GetTypeDefinition(type)));
                break;
            case HandleKind.MethodDefinition:
                var method = (MethodDefinitionHandle)used;
                TypeDefinitionHandle owner = _code.GetMethodDefinition(method).GetDeclaringType();
                string member = $"{Name(_code.GetTypeDefinition(owner))}.{_code.GetString(_code.GetMethodDefinition(method).Name)}";
                AddInside(file, name, owner, _fileOfMethod.GetValueOrDefault(method) ?? Home(owner), member);
                break;
            case HandleKind.FieldDefinition:
                AddUse(file, name, _code.GetFieldDefinition((FieldDefinitionHandle)used).GetDeclaringType());
                break;
            case HandleKind.TypeReference:
                TypeReference outside = _code.GetTypeReference((TypeReferenceHandle)used);
                _uses.Add(new Use(file, name, null, $"{_code.GetString(outside.Namespace)}.{_code.GetString(outside.Name)}", null));
                break;
            case HandleKind.MemberReference:
                AddUse(file, name, _code.GetMemberReference((MemberReferenceHandle)used).Parent);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification generic = _code.GetMethodSpecification((MethodSpecificationHandle)used);
                AddUse(file, name, generic.Method);
                AddUses(file, name, SignatureTypes.Of(types => generic.DecodeSignature(types, 0)));
                break;
            case HandleKind.TypeSpecification:
                TypeSpecification made = _code.GetTypeSpecification((TypeSpecificationHandle)used);
                AddUses(file, name, SignatureTypes.Of(types => made.DecodeSignature(types, 0)));
                break;
        }
    }

    private void AddInside(string file, string name, TypeDefinitionHandle type, string? toFile, string toName)
    {
        // A closure of a partial type has no one home; the methods it holds are judged by their own files.
        if (!IsGenerated(type) && toFile is not null)
            _uses.Add(new Use(file, name, toFile, toName, Home(type)));
    }

    /// <summary>The file with the type's name; else the first of its files; for a nested type without code, its owner's.</summary>
    private string? Home(TypeDefinitionHandle handle)
    {
        string[] files = _filesOfType[handle];
        if (files.Length > 0)
        {
            string name = SimpleName(_code.GetTypeDefinition(handle));
            return files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name) ?? files[0];
        }
        TypeDefinitionHandle owner = _code.GetTypeDefinition(handle).GetDeclaringType();
        return owner.IsNil ? null : Home(owner);
    }

    private IEnumerable<string> FilesOf(TypeDefinitionHandle handle)
    {
        foreach (MethodDefinitionHandle method in _code.GetTypeDefinition(handle).GetMethods())
            if (_fileOfMethod.TryGetValue(method, out string? file))
                yield return file;

        // The compiler records the documents of types that have no code.
        foreach (CustomDebugInformationHandle note in _symbols.GetCustomDebugInformation(handle))
        {
            CustomDebugInformation information = _symbols.GetCustomDebugInformation(note);
            if (_symbols.GetGuid(information.Kind) != TypeDefinitionDocuments)
                continue;
            BlobReader documents = _symbols.GetBlobReader(information.Value);
            while (documents.RemainingBytes > 0)
                if (Below(MetadataTokens.DocumentHandle(documents.ReadCompressedInteger())) is { } file)
                    yield return file;
        }
    }

    private string? FileOf(MethodDefinitionHandle method)
    {
        MethodDebugInformation information = _symbols.GetMethodDebugInformation(method.ToDebugInformationHandle());
        if (!information.Document.IsNil)
            return Below(information.Document);
        foreach (SequencePoint point in information.GetSequencePoints())
            return Below(point.Document);
        return null;
    }

    private string? Below(DocumentHandle document)
    {
        string path = _symbols.GetString(_symbols.GetDocument(document).Name).Replace('\\', '/');
        int at = path.LastIndexOf(_sourceRoot, StringComparison.Ordinal);
        return at < 0 ? null : path[(at + _sourceRoot.Length)..];
    }

    private bool IsGenerated(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _code.GetTypeDefinition(handle);
        return _code.GetString(type.Name).Contains('<', StringComparison.Ordinal)
            || (!type.GetDeclaringType().IsNil && IsGenerated(type.GetDeclaringType()));
    }

    private string Name(TypeDefinition type)
    {
        TypeDefinitionHandle owner = type.GetDeclaringType();
        if (!owner.IsNil)
            return $"{Name(_code.GetTypeDefinition(owner))}.{SimpleName(type)}";
        string space = _code.GetString(type.Namespace);
        return space.Length == 0 ? SimpleName(type) : $"{space}.{SimpleName(type)}";
    }

    private string SimpleName(TypeDefinition type) => _code.GetString(type.Name).Split('`')[0];
}

using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Governance.Tests.Architecture;

/// <summary>What a compiled assembly really uses, read from its metadata and its instructions (ECMA-335), not from its source.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Where(field => field.FieldType == typeof(OpCode))
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    /// <param name="name">Name of an assembly that lies beside the tests, for example <c>Governance.Domain</c>.</param>
    public CompiledAssembly(string name)
    {
        _file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        _metadata = _file.GetMetadataReader();
    }

    public IEnumerable<string> ReferencedAssemblies() =>
        _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name));

    /// <summary>Types of other assemblies, as <c>System.IO.File</c>.</summary>
    public IEnumerable<string> ReferencedTypes() => _metadata.TypeReferences.Select(Name);

    /// <summary>Members of other assemblies' types, as <c>System.Guid.NewGuid</c>.</summary>
    public IEnumerable<string> ReferencedMembers() =>
        from handle in _metadata.MemberReferences
        let member = _metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        select $"{Name((TypeReferenceHandle)member.Parent)}.{_metadata.GetString(member.Name)}";

    /// <summary>Types that the assembly defines itself, without those that the compiler makes.</summary>
    public IEnumerable<string> DefinedTypes() =>
        from handle in _metadata.TypeDefinitions
        let name = _metadata.GetString(_metadata.GetTypeDefinition(handle).Name)
        where !name.Contains('<', StringComparison.Ordinal)
        select name;

    /// <summary>Members and calls with a <c>float</c>, <c>double</c> or <c>Half</c> in them, and methods that compute with one.</summary>
    public IEnumerable<string> FloatingPoint()
    {
        var floats = new FloatFinder();
        foreach (var handle in _metadata.FieldDefinitions)
        {
            var field = _metadata.GetFieldDefinition(handle);
            if (field.DecodeSignature(floats, null))
                yield return $"{Name(field.GetDeclaringType())}.{_metadata.GetString(field.Name)}";
        }

        foreach (var handle in _metadata.MemberReferences)
        {
            var member = _metadata.GetMemberReference(handle);
            if (member.GetKind() == MemberReferenceKind.Method ? floats.In(member.DecodeMethodSignature(floats, null)) : member.DecodeFieldSignature(floats, null))
                yield return $"use of {_metadata.GetString(member.Name)}";
        }

        foreach (var handle in _metadata.MethodDefinitions)
        {
            var method = _metadata.GetMethodDefinition(handle);
            if (floats.In(method.DecodeSignature(floats, null)) || (method.RelativeVirtualAddress != 0 && ComputesWithFloats(method, floats)))
                yield return $"{Name(method.GetDeclaringType())}.{_metadata.GetString(method.Name)}";
        }
    }

    public void Dispose() => _file.Dispose();

    private bool ComputesWithFloats(MethodDefinition method, FloatFinder floats)
    {
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        return (!body.LocalSignature.IsNil && _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(floats, null).Contains(true))
            || Instructions(body.GetILReader()).Any(code =>
                code == OpCodes.Ldc_R4 || code == OpCodes.Ldc_R8 || code == OpCodes.Conv_R4 || code == OpCodes.Conv_R8 || code == OpCodes.Conv_R_Un);
    }

    private static List<OpCode> Instructions(BlobReader reader)
    {
        const int twoBytePrefix = 0xFE;
        List<OpCode> codes = [];
        while (reader.RemainingBytes > 0)
        {
            int value = reader.ReadByte();
            if (value == twoBytePrefix)
                value = (value << 8) | reader.ReadByte();
            var code = OpCodesByValue[value];
            codes.Add(code);
            reader.Offset += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                // The offset added to was taken before the count of targets was read.
                OperandType.InlineSwitch => 4 + (reader.ReadInt32() * 4),
                _ => 4,
            };
        }

        return codes;
    }

    private string Name(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        var name = _metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{Name((TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{_metadata.GetString(type.Namespace)}.{name}";
    }

    private string Name(TypeDefinitionHandle handle) => _metadata.GetString(_metadata.GetTypeDefinition(handle).Name);

    /// <summary>Decodes a signature to whether a floating-point type is anywhere in it.</summary>
    private sealed class FloatFinder : ISignatureTypeProvider<bool, object?>
    {
        public bool In(MethodSignature<bool> signature) => signature.ReturnType || signature.ParameterTypes.Contains(true);

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode is PrimitiveTypeCode.Single or PrimitiveTypeCode.Double;

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeReference(handle).Name) == "Half";

        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => false;

        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => genericType || typeArguments.Contains(true);

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => In(signature);

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => unmodifiedType;

        public bool GetArrayType(bool elementType, ArrayShape shape) => elementType;

        public bool GetSZArrayType(bool elementType) => elementType;

        public bool GetByReferenceType(bool elementType) => elementType;

        public bool GetPointerType(bool elementType) => elementType;

        public bool GetPinnedType(bool elementType) => elementType;

        public bool GetGenericMethodParameter(object? genericContext, int index) => false;

        public bool GetGenericTypeParameter(object? genericContext, int index) => false;
    }
}

using System.Runtime.InteropServices;

namespace Governance.EventStore.Log;

/// <summary>
/// Signatures of RFC 8032 (Ed25519, pure), made and checked by the system's OpenSSL 3, which .NET itself needs for its cryptography here and which
/// has what .NET does not offer.
/// </summary>
public static class Ed25519
{
    /// <summary>Bytes of a private key, which is the seed of RFC 8032, and of a public key.</summary>
    public const int KeyBytes = 32;

    public const int SignatureBytes = 64;

    // NID_ED25519 of obj_mac.h.
    private const int KeyType = 1087;

    private const string Library = "libcrypto.so.3";

    /// <summary>The public key of a private key, 32 bytes.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no OpenSSL 3.</exception>
    public static byte[] PublicKeyOf(byte[] privateKey) => Private(privateKey, static (key, _) =>
    {
        var (publicKey, length) = (new byte[KeyBytes], (nuint)KeyBytes);
        Demand(EVP_PKEY_get_raw_public_key(key, publicKey, ref length) == 1 && length == KeyBytes);
        return publicKey;
    });

    /// <summary>The signature of a message, 64 bytes: the same each time.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no OpenSSL 3.</exception>
    public static byte[] Sign(byte[] privateKey, byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Private(privateKey, (key, context) =>
        {
            var (signature, length) = (new byte[SignatureBytes], (nuint)SignatureBytes);
            Demand(EVP_DigestSignInit(context, 0, 0, 0, key) == 1);
            Demand(EVP_DigestSign(context, signature, ref length, message, (nuint)message.Length) == 1 && length == SignatureBytes);
            return signature;
        });
    }

    /// <summary>True when the message was signed with the private key of a public key.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no OpenSSL 3.</exception>
    public static bool Verify(byte[] publicKey, byte[] message, byte[] signature)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(signature);
        return publicKey.Length == KeyBytes && signature.Length == SignatureBytes && With(
            () => EVP_PKEY_new_raw_public_key(KeyType, 0, publicKey, KeyBytes),
            (key, context) => EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
                && EVP_DigestVerify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1);
    }

    private static byte[] Private(byte[] privateKey, Func<nint, nint, byte[]> use)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        ArgumentOutOfRangeException.ThrowIfNotEqual(privateKey.Length, KeyBytes, nameof(privateKey));
        return With(() => EVP_PKEY_new_raw_private_key(KeyType, 0, privateKey, KeyBytes), use);
    }

    private static T With<T>(Func<nint> make, Func<nint, nint, T> use)
    {
        try
        {
            var (key, context) = (make(), EVP_MD_CTX_new());
            try
            {
                Demand(key != 0 && context != 0);
                return use(key, context);
            }
            finally
            {
                EVP_MD_CTX_free(context);
                EVP_PKEY_free(key);
                // What went wrong here is no business of whoever asks OpenSSL next on this thread.
                ERR_clear_error();
            }
        }
        catch (Exception fault) when (fault is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new PlatformNotSupportedException(
                $"The log of each association is signed with the system's OpenSSL 3, and {Library} could not be loaded. Install it (Debian: libssl3) and start again.", fault);
        }
    }

    private static void Demand(bool done)
    {
        if (!done)
            throw new InvalidOperationException("OpenSSL could not do what was asked of it with an Ed25519 key.");
    }

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_PKEY_new_raw_private_key(int type, nint engine, byte[] key, nuint length);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte[] key, nuint length);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_PKEY_get_raw_public_key(nint key, byte[] publicKey, ref nuint length);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EVP_PKEY_free(nint key);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint EVP_MD_CTX_new();

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EVP_MD_CTX_free(nint context);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestSign(nint context, byte[] signature, ref nuint signatureLength, byte[] message, nuint messageLength);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int EVP_DigestVerify(nint context, byte[] signature, nuint signatureLength, byte[] message, nuint messageLength);

    [DllImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ERR_clear_error();
}

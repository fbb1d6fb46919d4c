using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProxySsl.Behavior.Tests.Proxies;

/// <summary>The certificate of the site, made on the spot and trusted by nobody but the tests.</summary>
public sealed class ServerCertificate
{
    private ServerCertificate(string certificatePem, string keyPem, string thumbprint)
    {
        CertificatePem = certificatePem;
        KeyPem = keyPem;
        Thumbprint = thumbprint;
    }

    /// <summary>The certificate as PEM.</summary>
    public string CertificatePem { get; }

    /// <summary>The certificate as one line, as proxies put it into a header.</summary>
    public string Base64 => string.Concat(CertificatePem.Split('\n').Where(line => !line.StartsWith('-')).Select(line => line.Trim()));

    /// <summary>Its private key as PEM.</summary>
    public string KeyPem { get; }

    /// <summary>What the browser of the tests knows it by.</summary>
    public string Thumbprint { get; }

    /// <summary>Makes a certificate for a host name, good for a day.</summary>
    public static ServerCertificate For(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new ServerCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem(), certificate.Thumbprint);
    }

    /// <summary>Writes site.crt, site.key and both together as site.pem, readable for their owner alone.</summary>
    public void WriteTo(string folder)
    {
        Write("site.crt", CertificatePem + "\n");
        Write("site.key", KeyPem + "\n");
        Write("site.pem", CertificatePem + "\n" + KeyPem + "\n");

        void Write(string name, string content)
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(Path.Combine(folder, name), options);
            writer.Write(content);
        }
    }
}

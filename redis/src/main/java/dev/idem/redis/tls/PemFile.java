package dev.idem.redis.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file (RFC 7468). Errors name the setting, and quote neither the file, which may come from a variable, nor its
 * content.
 *
 * @param setting such as {@code redis.caFile}
 */
record PemFile(String setting, String file, String content) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** @throws IllegalArgumentException if it cannot be read */
    static PemFile read(String setting, String file) {
        try {
            return new PemFile(setting, file, Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(setting + " must be a readable file", e);
        }
    }

    /** @throws IllegalArgumentException if there is none */
    List<X509Certificate> certificates() {
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw wrong("must have certificates in PEM (BEGIN CERTIFICATE)");
            }
            return certificates;
        } catch (CertificateException e) {
            throw wrong("must have certificates in PEM (BEGIN CERTIFICATE)");
        }
    }

    /**
     * The private key of a certificate.
     *
     * @throws IllegalArgumentException if there is none, or that of another certificate
     */
    PrivateKey keyOf(X509Certificate certificate) {
        Matcher key = PKCS8.matcher(content);
        if (!key.find()) {
            throw wrong(
                    "must have a private key in PKCS#8 without a password (BEGIN PRIVATE KEY), such as the output of:"
                            + " openssl pkcs8 -topk8 -nodes -in key.pem");
        }
        try {
            PrivateKey found = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1))));
            if (KeyPairCheck.fits(found, certificate.getPublicKey())) {
                return found;
            }
        } catch (GeneralSecurityException | IllegalArgumentException ofAnother) {
            throw wrong("must have the private key of the first certificate in redis.certFile");
        }
        throw wrong("must have the private key of the first certificate in redis.certFile");
    }

    private IllegalArgumentException wrong(String complaint) {
        return new IllegalArgumentException(setting + ' ' + complaint);
    }

    /** Without the content. */
    @Override
    public String toString() {
        return setting + '=' + file;
    }
}

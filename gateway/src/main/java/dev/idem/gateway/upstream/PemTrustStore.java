package dev.idem.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** Reads certificates of authorities from a PEM file. */
public final class PemTrustStore {
    private PemTrustStore() {}

    /** @throws IllegalArgumentException if it contains none */
    public static KeyStore read(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + count++, authority);
            }
            if (count == 0) {
                throw new IllegalArgumentException("caFile must have certificates in PEM");
            }
            return trusted;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("caFile must have certificates in PEM", e);
        }
    }
}

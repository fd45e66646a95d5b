package dev.idem.redis.tls;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * PEM files for TLS to Redis: {@code redis.caFile}, {@code redis.certFile} and {@code redis.keyFile}. Null or blank means that
 * there is none.
 *
 * @param caFile certificates of the authorities that may have signed the server's; without it, those that Java trusts
 * @param certFile this client's certificate, followed by those of its authorities
 * @param keyFile its private key, not encrypted
 */
public record TlsFiles(
        @Nullable String caFile,
        @Nullable String certFile,
        @Nullable String keyFile) {
    /** What Java trusts, and no client certificate. */
    public static final TlsFiles NONE = new TlsFiles(null, null, null);

    /** @throws IllegalArgumentException if there is a certificate without its key, or a key without its certificate */
    public TlsFiles {
        caFile = orNull(caFile);
        certFile = orNull(certFile);
        keyFile = orNull(keyFile);
        if ((certFile == null) != (keyFile == null)) {
            throw new IllegalArgumentException("redis.certFile and redis.keyFile must be set together, or not at all");
        }
    }

    private static @Nullable String orNull(@Nullable String file) {
        return file == null || file.isBlank() ? null : file;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException naming the file's setting and what the file should be
     */
    public SSLContext context() {
        return TlsContexts.of(
                Optional.ofNullable(caFile).map(file -> PemFile.read("redis.caFile", file)),
                Optional.ofNullable(certFile).map(file -> PemFile.read("redis.certFile", file)),
                Optional.ofNullable(keyFile).map(file -> PemFile.read("redis.keyFile", file)));
    }
}

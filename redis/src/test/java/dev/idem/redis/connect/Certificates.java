package dev.idem.redis.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.verification.support.Keytool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority and certificates that it signs, as PEM files in a directory. Java's own program makes them. */
final class Certificates {
    private static final String PASSWORD = "only-in-a-test";

    private final Path directory;
    private final Path store;

    Certificates(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("keys.p12");
    }

    /** Makes an authority. */
    Certificates authority(String name) throws Exception {
        keytool(name, "CN=" + name, "-ext", "bc:c");
        return written(name);
    }

    /** Makes a certificate that an authority has signed. */
    Certificates signedBy(String authority, String name, String... extensions) throws Exception {
        List<String> more = new ArrayList<>(List.of("-signer", authority));
        more.addAll(List.of(extensions));
        keytool(name, "CN=" + name, more.toArray(String[]::new));
        return written(name);
    }

    String certificate(String name) {
        return directory.resolve(name + ".pem").toString();
    }

    String key(String name) {
        return directory.resolve(name + "-key.pem").toString();
    }

    private Certificates written(String name) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey(name, PASSWORD.toCharArray());
        Certificate certificate = keys.getCertificate(name);
        Files.writeString(Path.of(certificate(name)), pem("CERTIFICATE", certificate.getEncoded()));
        Files.writeString(Path.of(key(name)), pem("PRIVATE KEY", key.getEncoded()));
        return this;
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    private void keytool(String alias, String subject, String... more) throws Exception {
        List<String> command = new ArrayList<>(Keytool.with(
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                subject));
        command.addAll(List.of(more));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}

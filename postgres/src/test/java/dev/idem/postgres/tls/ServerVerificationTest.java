package dev.idem.postgres.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.verification.support.Keytool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that begins TLS as PostgreSQL does, and then hangs up. */
final class ServerVerificationTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path directory;

    ServerVerificationTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void aRefusedCertificateIsNamed() throws Exception {
        KeyStore server = keys("db.example.com");
        Path otherRoot = root(keys("another authority"), "another.pem");

        StoreUnavailableException refusal = connect(server, otherRoot);

        assertThat(refusal.reason()).isEqualTo(UnavailableReason.TLS);
        assertThat(refusal.why())
                .contains("the server's certificate (CN=db.example.com, issued by CN=db.example.com, valid from 2")
                .contains("is refused: unable to find valid certification path");
    }

    @Test
    void aCertificateOfTheRootIsTrusted() throws Exception {
        KeyStore server = keys("db.example.com");

        assertThat(connect(server, root(server, "own.pem")).reason()).isNotEqualTo(UnavailableReason.TLS);
    }

    @Test
    void aMissingRootIsNamedWithItsFile() throws Exception {
        assertThat(connect(keys("db.example.com"), directory.resolve("absent.pem"))
                        .why())
                .contains("absent.pem")
                .contains("sslrootcert");
    }

    @Test
    void aUrlThatSaysHowToVerifyKeepsItsWay() {
        assertThat(ServerVerification.parametersFor("jdbc:postgresql://h/d?sslmode=verify-full"))
                .containsEntry("sslfactory", ServerVerification.class.getName());
        assertThat(ServerVerification.parametersFor("jdbc:postgresql://h/d?sslmode=require"))
                .isEmpty();
        assertThat(ServerVerification.parametersFor("jdbc:postgresql://h/d?sslmode=verify-ca&sslkey=k.p12"))
                .isEmpty();
    }

    @Test
    void aClientCertificateInTheUsualPlaceIsSentByTheDriver() throws Exception {
        String url = "jdbc:postgresql://h/d?sslmode=verify-full";
        Files.createFile(directory.resolve("postgresql.crt"));
        assertThat(ServerVerification.parametersFor(url, directory)).isNotEmpty();

        Files.createFile(directory.resolve("postgresql.pk8"));
        assertThat(ServerVerification.parametersFor(url, directory)).isEmpty();
    }

    private static StoreUnavailableException connect(KeyStore keys, Path root) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> beginTls(listening, keys));
            String url = "jdbc:postgresql://127.0.0.1:" + listening.getLocalPort()
                    + "/d?user=u&password=p&sslmode=verify-ca" + "&loginTimeout=10&sslfactory="
                    + ServerVerification.class.getName() + "&sslrootcert=" + root;
            SQLException failure = catchThrowableOfType(
                    SQLException.class, () -> DriverManager.getConnection(url).close());
            return PostgresFailures.unavailable("postgresql", failure).orElseThrow();
        }
    }

    private static void beginTls(ServerSocket listening, KeyStore keys) {
        try (Socket plain = listening.accept()) {
            plain.getInputStream().readNBytes(8); // SSLRequest
            plain.getOutputStream().write('S');
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, null, 0, true);
            secure.setUseClientMode(false);
            secure.startHandshake();
        } catch (Exception refusedByTheClient) {
            // which is what the test looks at
        }
    }

    private static Path write(Path file, byte[] certificate) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
    }

    private Path root(KeyStore keys, String name) throws Exception {
        return write(directory.resolve(name), keys.getCertificate("key").getEncoded());
    }

    private KeyStore keys(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Keytool.with(
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            keys.load(bytes, PASSWORD);
        }
        return keys;
    }
}

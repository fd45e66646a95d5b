package dev.idem.conformance;

import dev.idem.conformance.http.Client;
import dev.idem.conformance.http.Request;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All that is promised over HTTP/1.1 is kept over HTTP/2, with TLS and without. */
@ExtendWith(ServersExtension.class)
@EnabledIfSystemProperty(named = "test.form", matches = "full")
final class Http2IT {
    private static final String PASSWORD = "changeit";
    private static final String CONNECTOR = "server.applicationConnectors[0].";
    private static final ConfigOverride H2C = ConfigOverride.config(CONNECTOR + "type", "h2c");

    private final Path directory;

    Http2IT(@TempDir Path directory) {
        this.directory = directory;
    }

    @TestFactory
    Stream<DynamicTest> sharesWithoutTls(TestRedis redis, TestDatabase database) throws Exception {
        return SharesIT.tests(redis, database, Http2IT::upgraded, H2C);
    }

    @TestFactory
    Stream<DynamicTest> theGatewayWithoutTls(TestRedis redis, TestDatabase database) throws Exception {
        return GatewayIT.tests(redis, database, directory, Http2IT::upgraded, H2C);
    }

    @TestFactory
    Stream<DynamicTest> sharesWithTls(TestRedis redis, TestDatabase database) throws Exception {
        SSLContext tls = certificate();
        return SharesIT.tests(redis, database, port -> secure(port, tls), h2());
    }

    @TestFactory
    Stream<DynamicTest> theGatewayWithTls(TestRedis redis, TestDatabase database) throws Exception {
        SSLContext tls = certificate();
        return GatewayIT.tests(redis, database, directory, port -> secure(port, tls), h2());
    }

    /** The first request asks for the upgrade; a client of Java uses that connection from then on. */
    private static Client upgraded(int port) {
        Client client =
                new Client(URI.create("http://127.0.0.1:" + port), HttpClient.Version.HTTP_2, Client.defaultTls());
        client.send(new Request("GET", "/openapi.json", List.of(), new byte[0], false))
                .join();
        return client;
    }

    private static Client secure(int port, SSLContext tls) {
        return new Client(URI.create("https://127.0.0.1:" + port), HttpClient.Version.HTTP_2, tls);
    }

    private ConfigOverride[] h2() {
        return new ConfigOverride[] {
            ConfigOverride.config(CONNECTOR + "type", "h2"),
            ConfigOverride.config(CONNECTOR + "keyStorePath", keys().toString()),
            ConfigOverride.config(CONNECTOR + "keyStorePassword", PASSWORD),
            ConfigOverride.config(CONNECTOR + "disableSniHostCheck", "true")
        };
    }

    private Path keys() {
        return directory.resolve("keys.p12");
    }

    private SSLContext certificate() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        keys().toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=it",
                        "-ext",
                        "san=ip:127.0.0.1")
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream from = Files.newInputStream(keys())) {
            made.load(from, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("it", made.getCertificate("it"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}

package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.verification.support.Keytool;
import io.dropwizard.testing.ConfigOverride;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate of this machine's loopback address, with a key on an elliptic curve. */
final class TestCertificate {
    private static final String PASSWORD = "changeit";
    private static final String CONNECTOR = "server.applicationConnectors[0].";

    private final Path directory;
    private final X509TrustManager trust;

    TestCertificate(Path directory) throws Exception {
        this.directory = directory;
        keytool("-genkeypair", "-alias", "it", "-keyalg", "EC", "-dname", "CN=it", "-ext", "san=ip:127.0.0.1");
        keytool("-exportcert", "-alias", "it", "-rfc", "-file", pem().toString());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream from = Files.newInputStream(pem())) {
            trusted.setCertificateEntry(
                    "it",
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(from));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        trust = (X509TrustManager) factory.getTrustManagers()[0];
    }

    Path pem() {
        return directory.resolve("authority.pem");
    }

    /** Of a service whose application port speaks HTTP/2 and, to others, HTTP/1.1. */
    ConfigOverride[] settings() {
        return new ConfigOverride[] {
            ConfigOverride.config(CONNECTOR + "type", "h2"),
            ConfigOverride.config(CONNECTOR + "keyStorePath", keys().toString()),
            ConfigOverride.config(CONNECTOR + "keyStorePassword", PASSWORD),
            ConfigOverride.config(CONNECTOR + "disableSniHostCheck", "true")
        };
    }

    X509TrustManager trust() {
        return trust;
    }

    /** Of a client that trusts it. */
    SSLContext context() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new X509TrustManager[] {trust}, null);
        return context;
    }

    private Path keys() {
        return directory.resolve("keys.p12");
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(Keytool.with(arguments));
        command.addAll(List.of("-keystore", keys().toString(), "-storepass", PASSWORD));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}

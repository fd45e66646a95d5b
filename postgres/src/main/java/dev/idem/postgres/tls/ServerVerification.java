package dev.idem.postgres.tls;

import dev.idem.core.connect.RefusalNamingTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.postgresql.ssl.WrappedFactory;

/**
 * The driver's socket factory for {@code verify-ca} and {@code verify-full}: trusts the authorities in {@code sslrootcert} or {@code
 * ~/.postgresql/root.crt}, and says which certificate it refuses. The driver makes it by its name.
 */
public final class ServerVerification extends WrappedFactory {
    private static final String ROOT = "sslrootcert";
    private static final String USUAL_ROOT = "root.crt";
    private static final String CLIENT = "postgresql.crt";
    private static final String CLIENT_KEY = "postgresql.pk8";

    /** @throws GeneralSecurityException if the root certificates cannot be read, naming their file */
    public ServerVerification(Properties parameters) throws GeneralSecurityException {
        Path file = Path.of(parameters.getProperty(
                ROOT, usualDirectory().resolve(USUAL_ROOT).toString()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new RefusalNamingTrust(trustIn(file))}, null);
        factory = context.getSocketFactory();
    }

    /**
     * The driver's parameters by which it uses this class; none if the URL asks for no verification, for a client's certificate, or
     * for a factory of its own, nor if the process's user has a client certificate in {@code ~/.postgresql}, which the driver sends.
     */
    public static Map<String, String> parametersFor(String jdbcUrl) {
        return parametersFor(jdbcUrl, usualDirectory());
    }

    /** @param usual where the driver looks for certificates that the URL does not name */
    static Map<String, String> parametersFor(String jdbcUrl, Path usual) {
        boolean verifies = jdbcUrl.contains("sslmode=verify-");
        boolean ownWay = jdbcUrl.contains("sslfactory=") || jdbcUrl.contains("sslcert=") || jdbcUrl.contains("sslkey=");
        boolean client = Files.exists(usual.resolve(CLIENT)) && Files.exists(usual.resolve(CLIENT_KEY));
        return verifies && !ownWay && !client ? Map.of("sslfactory", ServerVerification.class.getName()) : Map.of();
    }

    private static Path usualDirectory() {
        return Path.of(System.getProperty("user.home", "")).resolve(".postgresql");
    }

    private static X509ExtendedTrustManager trustIn(Path file) throws GeneralSecurityException {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream pem = Files.newInputStream(file)) {
            roots.load(null, null);
            for (Certificate root : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                roots.setCertificateEntry("root" + roots.size(), root);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new GeneralSecurityException(
                    "the root certificates in " + file + " (sslrootcert) cannot be read: " + e);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        return (X509ExtendedTrustManager) trust.getTrustManagers()[0];
    }
}

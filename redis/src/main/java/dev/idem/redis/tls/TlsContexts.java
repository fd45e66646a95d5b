package dev.idem.redis.tls;

import dev.idem.core.connect.RefusalNamingTrust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS contexts from PEM files. */
final class TlsContexts {
    private static final char[] IN_MEMORY = new char[0];

    private TlsContexts() {}

    /** @throws IllegalArgumentException if a file is not what it should be */
    static SSLContext of(Optional<PemFile> authorities, Optional<PemFile> certificate, Optional<PemFile> key) {
        @Nullable
        KeyStore trusted = authorities.map(file -> trusted(file.certificates())).orElse(null);
        KeyManager @Nullable [] own = certificate.isEmpty() ? null : own(certificate.get(), key.orElseThrow());
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, naming(trust.getTrustManagers()), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static TrustManager[] naming(TrustManager[] managers) {
        for (int i = 0; i < managers.length; i++) {
            if (managers[i] instanceof X509ExtendedTrustManager usual) {
                managers[i] = new RefusalNamingTrust(usual);
            }
        }
        return managers;
    }

    private static KeyStore trusted(List<X509Certificate> authorities) {
        return store(store -> {
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
        });
    }

    private static KeyManager[] own(PemFile certificate, PemFile key) {
        List<X509Certificate> chain = certificate.certificates();
        PrivateKey secret = key.keyOf(chain.get(0));
        KeyStore store =
                store(own -> own.setKeyEntry("client", secret, IN_MEMORY, chain.toArray(X509Certificate[]::new)));
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, IN_MEMORY);
            return keys.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(certificate.setting() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private interface Entries {
        void addTo(KeyStore store) throws GeneralSecurityException;
    }

    private static KeyStore store(Entries entries) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            entries.addTo(store);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("redis.certFile or redis.caFile cannot be used: " + e.getMessage(), e);
        }
    }
}

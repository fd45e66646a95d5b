package dev.idem.core.connect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

final class RefusalNamingTrustTest {
    private static final X509Certificate[] NONE = {};

    private final RefusalNamingTrust trust = new RefusalNamingTrust(new TrustsNobody());

    @Test
    void aServerWithoutACertificateIsNotAnArrayWithoutElements() {
        assertThatThrownBy(() -> trust.checkServerTrusted(NONE, "RSA"))
                .isInstanceOf(RefusedCertificateException.class)
                .hasMessage("the server sends no certificate: no path")
                .hasNoCause();
    }

    @Test
    void ofClientsItSaysNothing() {
        assertThatThrownBy(() -> trust.checkClientTrusted(NONE, "RSA"))
                .isNotInstanceOf(RefusedCertificateException.class)
                .hasMessage("refused");
    }

    private static final class TrustsNobody extends X509ExtendedTrustManager {
        private static CertificateException refusal() {
            return new CertificateException("refused", new IllegalStateException("no path"));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw refusal();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return NONE;
        }
    }
}

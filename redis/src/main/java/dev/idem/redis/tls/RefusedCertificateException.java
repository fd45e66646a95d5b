package dev.idem.redis.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** The server's certificate is refused; the message says which one it is, and why. */
final class RefusedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private RefusedCertificateException(String message, CertificateException cause) {
        super(message, cause);
    }

    static RefusedCertificateException of(X509Certificate[] chain, CertificateException refusal) {
        String which = chain.length == 0
                ? "the server sends no certificate"
                : "the server's certificate (" + chain[0].getSubjectX500Principal() + ", issued by "
                        + chain[0].getIssuerX500Principal() + ", valid until "
                        + chain[0].getNotAfter().toInstant()
                        + ") is refused";
        return new RefusedCertificateException(which + ": " + innermost(refusal), refusal);
    }

    private static @Nullable String innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage();
    }
}

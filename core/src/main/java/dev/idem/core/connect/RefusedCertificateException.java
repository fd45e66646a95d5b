package dev.idem.core.connect;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * The server's certificate is refused. The message says which one it is, and why. There is no cause, because drivers show the
 * last message of a chain.
 */
public final class RefusedCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private RefusedCertificateException(String message) {
        super(message);
    }

    static RefusedCertificateException of(X509Certificate[] chain, CertificateException refusal) {
        String which = chain.length == 0
                ? "the server sends no certificate"
                : "the server's certificate (" + described(chain[0]) + ") is refused";
        return new RefusedCertificateException(which + ": " + reason(refusal));
    }

    private static String described(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + ", issued by "
                + certificate.getIssuerX500Principal().getName() + ", valid from "
                + seconds(certificate.getNotBefore()) + " to " + seconds(certificate.getNotAfter());
    }

    private static String seconds(Date date) {
        return date.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage());
    }
}

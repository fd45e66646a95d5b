package dev.idem.redis.tls;

import dev.idem.core.connect.RefusedCertificateException;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Says whose certificate a failed handshake is about. */
public final class HandshakeFailure {
    private static final int MOST_CAUSES = 50;

    /** What a server says of a certificate that it does not accept, or does not get (RFC 8446, section 6.2). */
    private static final Pattern OF_CLIENTS = Pattern.compile(
            "alert: (certificate_\\w+|bad_certificate|unsupported_certificate|unknown_ca|access_denied|handshake_failure)");

    private HandshakeFailure() {}

    /** Empty if the failure is not about a certificate. */
    public static Optional<String> sentence(Throwable failure) {
        Deque<Throwable> next = new ArrayDeque<>();
        next.add(failure);
        for (int seen = 0; !next.isEmpty() && seen < MOST_CAUSES; seen++) {
            Throwable cause = next.remove();
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof RefusedCertificateException) {
                return Optional.of(message);
            }
            if (cause instanceof SSLException && OF_CLIENTS.matcher(message).find()) {
                return Optional.of(
                        "the server refused this client's certificate (redis.certFile), or got none: " + message);
            }
            if (cause instanceof SocketException && isAfterHandshake(cause)) {
                return Optional.of(
                        "the server ended the connection after the handshake, as it does if it refused this client's"
                                + " certificate (redis.certFile) or got none: " + message);
            }
            if (cause.getCause() != null) {
                next.add(cause.getCause());
            }
            next.addAll(Arrays.asList(cause.getSuppressed()));
        }
        return Optional.empty();
    }

    /**
     * In TLS 1.3 a client has done its part before the server looks at its certificate. The server's alert is lost if the
     * client writes meanwhile.
     */
    private static boolean isAfterHandshake(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return Arrays.stream(frames).anyMatch(frame -> frame.getClassName().startsWith("sun.security.ssl."))
                && Arrays.stream(frames).anyMatch(frame -> frame.getMethodName().equals("initializeFromClientConfig"));
    }
}

package dev.idem.core.store;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a store is unavailable. The values differ where an operator would act differently. */
public enum UnavailableReason {
    /** No server listens at this host and port. */
    REFUSED,
    /** The server did not accept, or did not answer, in time. */
    TIMEOUT,
    /** The host name has no address. */
    UNKNOWN_HOST,
    /** Only one side uses TLS, the certificate is not trusted, or the server does not answer the handshake. */
    TLS,
    /** The user or the password is wrong. */
    AUTHENTICATION,
    /** The user may not do this. */
    PERMISSION,
    /** It is a replica, or was made read-only. */
    READ_ONLY,
    /** It has no memory, disk or connections left. */
    FULL,
    /** Something else listens there. */
    WRONG_SERVER,
    /** Another program keeps something in a key of the layer's own. */
    FOREIGN_KEY,
    /** Other transactions changed the same rows, again and again. The server is well. */
    CONFLICT,
    /** The server answers, and could not carry out this statement: a limit of the user's or of the database, for example. */
    STATEMENT_FAILED,
    /** This process had no connection free in time, and asked nothing: that says nothing of the server. */
    BUSY,
    /** None of these. */
    OTHER;

    private static final Set<UnavailableReason> REFUSALS =
            EnumSet.of(PERMISSION, READ_ONLY, FULL, FOREIGN_KEY, CONFLICT, STATEMENT_FAILED);

    private static final int MOST_CAUSES = 50;

    /** Whether the server answered, and the answer is the reason. */
    public boolean isRefusal() {
        return REFUSALS.contains(this);
    }

    /** Its name in JSON, such as {@code unknown_host}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The network's reason in this failure, its causes or their suppressed exceptions; empty if it was not the network.
     */
    public static Optional<UnavailableReason> ofNetwork(Throwable failure) {
        Deque<Throwable> next = new ArrayDeque<>();
        next.add(failure);
        for (int seen = 0; !next.isEmpty() && seen < MOST_CAUSES; seen++) {
            Throwable cause = next.remove();
            @Nullable UnavailableReason reason = ofOne(cause);
            if (reason != null) {
                return Optional.of(reason);
            }
            if (cause.getCause() != null) {
                next.add(cause.getCause());
            }
            next.addAll(Arrays.asList(cause.getSuppressed()));
        }
        return Optional.empty();
    }

    private static @Nullable UnavailableReason ofOne(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return UNKNOWN_HOST;
        }
        if (cause instanceof SSLException) {
            return TLS;
        }
        if (cause instanceof SocketTimeoutException) {
            return inHandshake(cause) ? TLS : TIMEOUT;
        }
        if (cause instanceof ConnectException) {
            return String.valueOf(cause.getMessage()).contains("timed out") ? TIMEOUT : REFUSED;
        }
        return null;
    }

    /** A server without TLS may read a handshake as a command and wait for the rest of it. */
    private static boolean inHandshake(Throwable timeout) {
        return Arrays.stream(timeout.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .anyMatch("startHandshake"::equals);
    }
}

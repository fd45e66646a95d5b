package dev.idem.gateway.upstream.connection;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection may be kept, by the upstream's {@code Keep-Alive} (RFC 2068, section 19.7.1.1, which servers
 * still follow).
 */
final class KeepAlive {
    private static final Pattern TIMEOUT =
            Pattern.compile("(?:^|[,;\\s])timeout\\s*=\\s*\"?(\\d{1,9})", Pattern.CASE_INSENSITIVE);

    /** A margin for bytes that are under way when the upstream closes the connection. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private KeepAlive() {}

    /**
     * @param maxIdle the longest time, whatever the upstream says
     * @return zero if the connection must be closed now
     */
    static Duration of(HttpFields answer, Duration maxIdle) {
        @Nullable String said = answer.get(HttpHeader.KEEP_ALIVE);
        if (said == null) {
            return maxIdle;
        }
        Matcher timeout = TIMEOUT.matcher(said);
        if (!timeout.find()) {
            return maxIdle;
        }
        Duration theirs = Duration.ofSeconds(Long.parseLong(timeout.group(1)));
        Duration half = theirs.dividedBy(2);
        Duration ours = theirs.minus(half.compareTo(MARGIN) < 0 ? half : MARGIN);
        return ours.compareTo(maxIdle) < 0 ? ours : maxIdle;
    }
}

package dev.idem.gateway.exchange;

import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.RecordedResponse.Header;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Which scripts may read a replay. The upstream has said so for the first request; it holds for a repeat of the same
 * origin, and for all if the upstream has said so.
 */
final class Origins {
    private Origins() {}

    static boolean isAccessControl(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith("access-control-");
    }

    static boolean mayRead(RecordedResponse stored, HttpFields request) {
        @Nullable String origin = request.get(HttpHeader.ORIGIN);
        for (Header header : stored.headers()) {
            if (header.name().equalsIgnoreCase("Access-Control-Allow-Origin")) {
                return header.value().equals("*") || header.value().equals(origin);
            }
        }
        return false;
    }
}

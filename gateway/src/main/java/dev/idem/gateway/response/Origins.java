package dev.idem.gateway.response;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The CORS header of a replay. The upstream allowed the first request's origin; that holds for a repeat from the same
 * origin, and for all origins if the upstream allowed all.
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

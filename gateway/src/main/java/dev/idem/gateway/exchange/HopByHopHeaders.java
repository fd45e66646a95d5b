package dev.idem.gateway.exchange;

import dev.idem.http.decision.ReplayableHeaders;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Which headers of a message concern one connection only (RFC 9110, section 7.6.1). */
final class HopByHopHeaders {
    private final Set<String> nominated;

    private HopByHopHeaders(Set<String> nominated) {
        this.nominated = nominated;
    }

    /** Those, and what the message itself names in its {@code Connection}. */
    static HopByHopHeaders of(HttpFields headers) {
        return new HopByHopHeaders(nominated(headers));
    }

    /** What the message names in its {@code Connection}, in lower case. */
    static Set<String> nominated(HttpFields headers) {
        if (!headers.contains(HttpHeader.CONNECTION)) {
            return Set.of();
        }
        Set<String> nominated = new HashSet<>();
        for (String name : headers.getCSV(HttpHeader.CONNECTION, false)) {
            nominated.add(name.toLowerCase(Locale.ROOT));
        }
        return nominated;
    }

    boolean has(HttpField field) {
        String name = field.getLowerCaseName();
        return ReplayableHeaders.isOfOneConnection(name) || nominated.contains(name);
    }
}

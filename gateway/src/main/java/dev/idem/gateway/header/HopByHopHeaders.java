package dev.idem.gateway.header;

import dev.idem.http.completion.ReplayableHeaders;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The headers of a message that concern one connection only (RFC 9110, section 7.6.1). */
public final class HopByHopHeaders {
    private final Set<String> nominated;

    private HopByHopHeaders(Set<String> nominated) {
        this.nominated = nominated;
    }

    /** All hop-by-hop headers, including those that the message itself names in {@code Connection}. */
    public static HopByHopHeaders of(HttpFields headers) {
        return new HopByHopHeaders(nominated(headers));
    }

    /** The names in the message's {@code Connection}, in lower case. */
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

    public boolean has(HttpField field) {
        String name = field.getLowerCaseName();
        return ReplayableHeaders.isOfOneConnection(name) || nominated.contains(name);
    }
}

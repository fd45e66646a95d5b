package dev.idem.gateway.exchange;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;

/** Says by which way a message came (RFC 9110, section 7.6.3). */
final class ViaHeader {
    private static final String NAME = " idem";

    private ViaHeader() {}

    /** What the message says already, and then this gateway. */
    static String of(HttpVersion received, HttpFields headers) {
        String version = received.asString();
        String here = version.substring(version.indexOf('/') + 1) + NAME;
        String before = String.join(", ", headers.getValuesList(HttpHeader.VIA));
        return before.isEmpty() ? here : before + ", " + here;
    }
}

package dev.idem.gateway.header;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;

/** The {@code Via} header (RFC 9110, section 7.6.3). */
public final class ViaHeader {
    private static final String NAME = " idem";

    private ViaHeader() {}

    /** The message's own value, followed by this gateway. */
    public static String of(HttpVersion received, HttpFields headers) {
        String version = received.asString();
        String here = version.substring(version.indexOf('/') + 1) + NAME;
        String before = String.join(", ", headers.getValuesList(HttpHeader.VIA));
        return before.isEmpty() ? here : before + ", " + here;
    }
}

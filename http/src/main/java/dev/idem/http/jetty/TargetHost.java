package dev.idem.http.jetty;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The host that a request names. An http URI has one, and no user before it (RFC 9110, sections 4.2.1 and 4.2.4): servers
 * disagree about which host is meant otherwise.
 */
final class TargetHost {
    /** A host, and perhaps a port (RFC 3986, section 3.2). */
    private static final Pattern NAMED = Pattern.compile("(?:\\[[0-9A-Za-z:.%]+]|[^\\[\\]:@/?#\\s]+)(?::[0-9]{0,5})?");

    private TargetHost() {}

    /** @throws HttpException.RuntimeException with 400 if a {@code Host} names none; one without the header passes */
    static void requireIn(HttpFields headers) {
        for (HttpField field : headers) {
            if (field.getHeader() == HttpHeader.HOST) {
                require(field.getValue() == null ? "" : field.getValue());
            }
        }
    }

    /** @throws HttpException.RuntimeException with 400 if it is no host */
    static void require(String host) {
        if (!NAMED.matcher(host).matches()) {
            throw new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "Host or authority names no host");
        }
    }
}

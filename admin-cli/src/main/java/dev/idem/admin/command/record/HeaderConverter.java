package dev.idem.admin.command.record;

import dev.idem.core.record.answer.RecordedResponse.Header;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a header of an answer as curl takes it: {@code Name: value}. */
final class HeaderConverter implements ITypeConverter<Header> {
    /** What belongs to a connection, or to one answer, and is never replayed. */
    private static final Set<String> NEVER_REPLAYED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        NEVER_REPLAYED.addAll(List.of(
                "Connection",
                "Content-Length",
                "Date",
                "Keep-Alive",
                "Proxy-Authenticate",
                "Proxy-Connection",
                "Set-Cookie",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade"));
    }

    @Override
    public Header convert(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon).strip();
        String value = text.substring(colon + 1).strip();
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !value.matches("[\\x20-\\x7e\\t]*")) {
            throw new TypeConversionException(
                    "a header is a name, a colon and a value of printable ASCII, such as 'Location: /orders/7'");
        }
        if (NEVER_REPLAYED.contains(name)) {
            throw new TypeConversionException(name + " is never replayed; leave it out");
        }
        return new Header(name, value);
    }
}

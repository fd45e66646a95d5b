package dev.idem.gateway.header;

import dev.idem.gateway.route.ForwardedOriginHeaders;
import dev.idem.gateway.route.RouteSettings;
import dev.idem.http.completion.ReplayableHeaders;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.http.problem.Refusal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * The headers that a route's rules read, and those that frame a request or state its origin. The upstream must receive
 * them as they were when the route decided. A client can neither remove one on the way, nor send another that a server
 * takes for it. Immutable.
 */
public final class ProtectedHeaders {
    /** Caller, target and origin. */
    private static final Set<String> OF_EVERY_ROUTE = Set.of(
            "authorization",
            "cookie",
            "accept",
            "host",
            "transfer-encoding",
            "via",
            "idempotency-key",
            "idempotency-attempt");

    private static final String OF_THE_BODY = "content-";

    private final Set<String> names;
    private final Set<String> plainNames;

    private ProtectedHeaders(Set<String> names) {
        this.names = names;
        this.plainNames = names.stream().map(ProtectedHeaders::plain).collect(Collectors.toUnmodifiableSet());
    }

    public static ProtectedHeaders of(RouteSettings route) {
        Set<String> names = new HashSet<>(OF_EVERY_ROUTE);
        names.addAll(route.headersItGoesBy());
        return new ProtectedHeaders(Set.copyOf(names));
    }

    /** For a request that asks for one of them to be removed. */
    public Optional<Refusal> refusal(HttpFields sent) {
        return HopByHopHeaders.nominated(sent).stream()
                .filter(name -> names.contains(name) || isOfAFamily(name))
                .findFirst()
                .map(name -> new Refusal(
                        Problem.of(
                                ProblemType.INVALID_REQUEST,
                                "Connection must not name " + name
                                        + ", which is not a header of this connection alone.",
                                null),
                        Map.of()));
    }

    /**
     * Whether a server that knows only letters, digits and one other character in names takes it for another header.
     */
    boolean isImitation(HttpField field) {
        String name = field.getLowerCaseName();
        if (names.contains(name)) {
            return false;
        }
        String plain = plain(name);
        return plainNames.contains(plain)
                || (!plain.equals(name) && (isOfAFamily(plain) || ReplayableHeaders.isOfOneConnection(plain)));
    }

    private static boolean isOfAFamily(String name) {
        return name.startsWith(OF_THE_BODY) || ForwardedOriginHeaders.include(name);
    }

    /** As in the variables of CGI and its successors. */
    private static String plain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return name.replaceAll("[^a-z0-9-]", "-");
            }
        }
        return name;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
}

package dev.idem.http.decision;

import dev.idem.http.policy.CallerDiscriminator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who has sent a request without a key, as far as it says so. A scope may be many callers' (a tenant's, a shared token's,
 * everybody's), and what one of them says is not the repeat of what another has said.
 */
final class CallerIdentity {
    /** No header has such a name. */
    private static final String PRINCIPAL = ":principal";

    /** No header's value has one: two lines are never taken for one with the same text. */
    private static final String BETWEEN_LINES = "\n";

    private static final String AUTHORIZATION = "authorization";
    private static final String COOKIE = "cookie";

    private CallerIdentity() {}

    /** What says it, by the names of headers in lower case; a name that the application knows stands for the usual ones. */
    static SortedMap<String, String> of(IncomingRequest request, CallerDiscriminator marks) {
        SortedMap<String, String> identity = new TreeMap<>();
        boolean known = request.principal().isPresent();
        request.principal().ifPresent(name -> identity.put(PRINCIPAL, name));
        if (!known) {
            add(identity, request, AUTHORIZATION);
        }
        if (!known || marks.cookies().isPresent()) {
            addCookies(identity, request, marks);
        }
        marks.headers().forEach(name -> add(identity, request, name));
        return identity;
    }

    static void add(SortedMap<String, String> identity, IncomingRequest request, String name) {
        List<String> lines = request.headers(name);
        if (!lines.isEmpty()) {
            identity.put(name, String.join(BETWEEN_LINES, lines));
        }
    }

    /** In whatever lines and order they came: HTTP/2 sends one in each line. Those of the same name keep their order. */
    private static void addCookies(
            SortedMap<String, String> identity, IncomingRequest request, CallerDiscriminator marks) {
        String cookies = request.headers(COOKIE).stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(cookie -> !cookie.isEmpty() && counts(cookie, marks))
                .sorted(Comparator.comparing(CallerIdentity::nameOf))
                .collect(Collectors.joining(";"));
        if (!cookies.isEmpty()) {
            identity.put(COOKIE, cookies);
        }
    }

    /** Some servers take a comma for an end, too, and some proxies join lines with one. */
    private static boolean counts(String cookie, CallerDiscriminator marks) {
        return Arrays.stream(cookie.split(",", -1)).anyMatch(part -> marks.hasCookie(nameOf(part.strip())));
    }

    private static String nameOf(String cookie) {
        int value = cookie.indexOf('=');
        return (value < 0 ? cookie : cookie.substring(0, value)).strip().toLowerCase(Locale.ROOT);
    }
}

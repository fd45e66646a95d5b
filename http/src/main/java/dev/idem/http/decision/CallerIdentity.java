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
 * Tells the callers of requests without a key apart. Several callers may share a scope (a tenant, a shared token, everybody),
 * and equal requests of two callers are not repeats of each other.
 */
final class CallerIdentity {
    /** Not a valid header name. */
    private static final String PRINCIPAL = ":principal";

    /** Never part of a header's value, so two lines never equal one. */
    private static final String BETWEEN_LINES = "\n";

    private static final String AUTHORIZATION = "authorization";
    private static final String COOKIE = "cookie";

    private CallerIdentity() {}

    /** The identifying headers by lower-case name. An authenticated principal replaces credentials. */
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

    /** Independent of lines and order, since HTTP/2 may send each cookie in a line. Equal names keep their order. */
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

    /** Some servers also split at commas, and some proxies join lines with them. */
    private static boolean counts(String cookie, CallerDiscriminator marks) {
        return Arrays.stream(cookie.split(",", -1)).anyMatch(part -> marks.hasCookie(nameOf(part.strip())));
    }

    private static String nameOf(String cookie) {
        int value = cookie.indexOf('=');
        return (value < 0 ? cookie : cookie.substring(0, value)).strip().toLowerCase(Locale.ROOT);
    }
}

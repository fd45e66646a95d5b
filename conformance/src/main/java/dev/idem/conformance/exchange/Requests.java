package dev.idem.conformance.exchange;

import dev.idem.conformance.http.Header;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.profile.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Makes a case's requests: a POST that creates something, with the case's own key, of the first user, and what differs
 * from it. Immutable.
 */
public abstract sealed class Requests permits Exchanges {
    /** RFC 9110, section 5.6.7. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private static final String BODY = "{\"amount\":10,\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"count\":1}]}";
    private static final String OTHER_BODY =
            "{\"amount\":99,\"currency\":\"EUR\",\"lines\":[{\"sku\":\"a\",\"count\":1}]}";

    private final Server server;
    private final Profile profile;
    private final String id;
    private final String run;
    private final String key = newKey();
    private final String begin = HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC));

    Requests(String id, Server server, Profile profile) {
        this.server = server;
        this.profile = profile;
        this.id = id;
        this.run = id + '-' + UUID.randomUUID();
    }

    public final Server server() {
        return server;
    }

    public final Profile profile() {
        return profile;
    }

    /** Under which the probe counts what this case executes. */
    final String run() {
        return run;
    }

    /** The case's key. */
    public final String key() {
        return key;
    }

    public static String newKey() {
        return UUID.randomUUID().toString();
    }

    /** With the case's key; to the probe if there is one. */
    public final Request post() {
        return server.probe().isPresent() ? probe() : keyed(ordinary());
    }

    /**
     * With the case's key, to the probe.
     *
     * @param parameters {@code name=value}, not encoded
     */
    public final Request probe(String... parameters) {
        Request request =
                bare(server.probe().orElseThrow() + '/' + id + "?run=" + run).json(BODY);
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            request = request.parameter(parameter.substring(0, equals + 1) + encoded(parameter.substring(equals + 1)));
        }
        return keyed(request);
    }

    private Request ordinary() {
        return bare(server.path().orElseThrow()).json(server.body());
    }

    private Request bare(String target) {
        Request request = new Request("POST", target, server.credentials(), new byte[0], false);
        return profile.datesRequests() ? request.plus("Repeatability-First-Sent", begin) : request;
    }

    /** The same request with another body that creates something, too. */
    public final Request otherBody(Request request) {
        return request.json(
                server.probe().isPresent() ? OTHER_BODY : server.otherBody().orElseThrow());
    }

    /** With the case's key, as the profile writes it. */
    public final Request keyed(Request request) {
        return keyed(request, key);
    }

    /** With a key as the profile writes it. */
    public final Request keyed(Request request, String other) {
        return keyLine(request, profile.takesBare() ? other : quoted(other));
    }

    /** With header lines as they are given, each of which may be no key at all. */
    public final Request keyLine(Request request, String... lines) {
        Request changed = request.without(profile.keyHeader());
        for (String line : lines) {
            changed = changed.plus(profile.keyHeader(), line);
        }
        return changed;
    }

    public final Request keyless(Request request) {
        return request.without(profile.keyHeader());
    }

    public static String quoted(String text) {
        return '"' + text + '"';
    }

    /** The same request of the second user. */
    public final Request ofOther(Request request) {
        return with(ofNobody(request), server.otherCredentials());
    }

    /** The same request without credentials. */
    public final Request ofNobody(Request request) {
        Request changed = request;
        for (Header header : server.credentials()) {
            changed = changed.without(header.name());
        }
        return changed;
    }

    private static Request with(Request request, List<Header> headers) {
        Request changed = request;
        for (Header header : headers) {
            changed = changed.plus(header.name(), header.value());
        }
        return changed;
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}

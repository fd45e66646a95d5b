package dev.idem.gateway.response;

import dev.idem.gateway.client.ClientExchange;
import dev.idem.http.policy.CorsPolicy;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.http.problem.Refusal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers which scripts may read a route's responses, and what these scripts may send (Fetch standard, section
 * 3.3). Only the configuration counts, not what the upstream says or has said. Thread-safe.
 */
public final class CorsHeaders {
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String ASKED_METHOD = "Access-Control-Request-Method";
    private static final String ASKED_HEADERS = "Access-Control-Request-Headers";

    /** Request headers that are harmless but not safelisted by browsers, besides those about repeats. */
    private static final List<String> USUALLY_EXPOSED = List.of("Location", "Link", "Idempotency-Status");

    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,2048}");

    private final CorsPolicy rule;
    private final String exposed;

    /** @param exposed the response headers about repeats, as a list */
    CorsHeaders(CorsPolicy rule, String exposed) {
        this.rule = rule;
        this.exposed = Stream.of(Stream.of(exposed), USUALLY_EXPOSED.stream(), rule.exposed().stream())
                .flatMap(names -> names)
                .collect(Collectors.joining(", "));
    }

    /** Whether the request is a preflight (Fetch standard, section 3.3.2). */
    static boolean isPreflight(Request request) {
        return HttpMethod.OPTIONS.is(request.getMethod())
                && request.getHeaders().contains(HttpHeader.ORIGIN)
                && request.getHeaders().contains(ASKED_METHOD);
    }

    /** Replaces the CORS headers of a response by those for the request's origin. */
    void describe(HttpFields request, HttpFields.Mutable answer) {
        for (Iterator<HttpField> fields = answer.iterator(); fields.hasNext(); ) {
            if (Origins.isAccessControl(fields.next().getName())) {
                fields.remove();
            }
        }
        vary(answer, HttpHeader.ORIGIN.asString());
        @Nullable String origin = request.get(HttpHeader.ORIGIN);
        if (origin != null && rule.admits(origin)) {
            allow(origin, answer);
            answer.put("Access-Control-Expose-Headers", exposed);
        }
    }

    /** Responds to a preflight. */
    Optional<Refusal> preflight(ClientExchange client) {
        HttpFields asked = client.request().getHeaders();
        String origin = String.valueOf(asked.get(HttpHeader.ORIGIN));
        if (!rule.admits(origin)) {
            return Optional.of(new Refusal(
                    Problem.of(
                            ProblemType.FORBIDDEN,
                            "Scripts of this origin may not call this path. The operator allows origins in policy.cors.",
                            null),
                    Map.of()));
        }
        HttpFields.Mutable headers = client.response().getHeaders();
        client.response().setStatus(HttpStatus.NO_CONTENT_204);
        allow(origin, headers);
        headers.put("Access-Control-Allow-Methods", METHODS);
        String names = String.join(", ", asked.getValuesList(ASKED_HEADERS));
        if (NAMES.matcher(names).matches()) {
            headers.put("Access-Control-Allow-Headers", names);
        }
        headers.put("Access-Control-Max-Age", String.valueOf(rule.maxAge().toSeconds()));
        vary(headers, HttpHeader.ORIGIN.asString());
        vary(headers, ASKED_METHOD);
        vary(headers, ASKED_HEADERS);
        client.answerEarly(BufferUtil.EMPTY_BUFFER);
        return Optional.empty();
    }

    private void allow(String origin, HttpFields.Mutable headers) {
        headers.put(ALLOW_ORIGIN, rule.origins().contains(CorsPolicy.ANY) ? CorsPolicy.ANY : origin);
        if (rule.credentials()) {
            headers.put("Access-Control-Allow-Credentials", "true");
        }
    }

    private static void vary(HttpFields.Mutable headers, String name) {
        if (headers.getCSV(HttpHeader.VARY, false).stream().noneMatch(known -> known.equalsIgnoreCase(name))) {
            headers.add(HttpHeader.VARY, name);
        }
    }
}

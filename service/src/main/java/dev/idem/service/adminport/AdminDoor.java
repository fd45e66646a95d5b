package dev.idem.service.adminport;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.dropwizard.problem.Problem;
import dev.idem.dropwizard.problem.ProblemType;
import dev.idem.service.config.AdminConfiguration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whoever speaks to this port and means it. A browser on the operator's machine reaches what is bound to loopback, so
 * that any web page could post to a task, or, under a name that leads here, read what it answers. Health is for
 * load balancers, which know no names and no tokens.
 */
final class AdminDoor extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Nothing that would be another path once it is decoded or resolved. */
    private static final Pattern HEALTH = Pattern.compile("/healthcheck|/health/[a-z]+");

    /** As a URI has them (RFC 3986, section 3.2.2); what matters is that no name looks so. */
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");

    private final transient AdminConfiguration settings;
    private final transient ObjectMapper mapper;

    AdminDoor(AdminConfiguration settings, ObjectMapper mapper) {
        this.settings = settings;
        this.mapper = mapper;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Problem> refusal = isHealth(request) ? Optional.empty() : refusal(request);
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            refuse(response, refusal.get());
        }
    }

    private static boolean isHealth(HttpServletRequest request) {
        return READING.contains(request.getMethod())
                && HEALTH.matcher(request.getRequestURI()).matches();
    }

    private Optional<Problem> refusal(HttpServletRequest request) {
        if (!isKnown(request.getServerName().toLowerCase(Locale.ROOT))) {
            return refusal(
                    ProblemType.MISDIRECTED_REQUEST,
                    "The admin port is not known by this name; ask it by its address, or add the name to admin.hosts"
                            + " (ADMIN_HOSTS).");
        }
        if (isOfAnotherSite(request)) {
            return refusal(
                    ProblemType.FORBIDDEN, "The admin port takes no requests that a page of another site sends.");
        }
        if (!hasToken(request)) {
            return refusal(
                    ProblemType.UNAUTHORIZED, "Send the admin port's token (ADMIN_TOKEN) as Authorization: Bearer.");
        }
        return Optional.empty();
    }

    private boolean isKnown(String name) {
        return name.equals("localhost")
                || ADDRESS.matcher(name).matches()
                || settings.knownHosts().contains(name);
    }

    /** What browsers say by themselves, and no page can change (the Fetch standard, and Fetch Metadata). */
    private static boolean isOfAnotherSite(HttpServletRequest request) {
        @Nullable String origin = request.getHeader("Origin");
        String own = request.getScheme() + "://" + request.getHeader("Host");
        return (origin != null && !origin.equalsIgnoreCase(own))
                || "cross-site".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"));
    }

    private boolean hasToken(HttpServletRequest request) {
        return settings.requiredToken()
                .map(token -> isSame("Bearer " + token, String.valueOf(request.getHeader("Authorization"))))
                .orElse(true);
    }

    private static boolean isSame(String expected, String sent) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Problem> refusal(ProblemType type, String detail) {
        return Optional.of(Problem.of(type, detail, null));
    }

    private void refuse(HttpServletResponse response, Problem problem) throws IOException {
        problem.log();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (problem.status() == ProblemType.UNAUTHORIZED.status()) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"admin\"");
        }
        response.getOutputStream().write(mapper.writeValueAsBytes(problem));
    }
}

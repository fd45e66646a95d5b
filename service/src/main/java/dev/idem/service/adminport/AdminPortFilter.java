package dev.idem.service.adminport;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemJson;
import dev.idem.http.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests that may not use the admin port. Health checks are exempt, because load balancers know no names or
 * tokens.
 */
abstract class AdminPortFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Refuses a path that changes when it is decoded or resolved. */
    private static final Pattern HEALTH = Pattern.compile("/healthcheck|/health/[a-z]+");

    /** Why this request is refused; empty if it is accepted. */
    abstract Optional<Problem> refusal(HttpServletRequest request);

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

    static Optional<Problem> refusal(ProblemType type, String detail) {
        return Optional.of(Problem.of(type, detail, null));
    }

    private void refuse(HttpServletResponse response, Problem problem) throws IOException {
        problem.log();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (problem.status() == ProblemType.UNAUTHORIZED.status()) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"admin\"");
        }
        response.getOutputStream().write(ProblemJson.of(problem));
    }
}

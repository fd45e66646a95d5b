package dev.idem.service.adminport;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.http.problem.Problem;
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

/** Turns requests away. Health is for load balancers, which know no names and no tokens. */
abstract class AdminPortFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Nothing that would be another path once it is decoded or resolved. */
    private static final Pattern HEALTH = Pattern.compile("/healthcheck|/health/[a-z]+");

    private final transient ObjectMapper mapper;

    AdminPortFilter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Why this one is turned away. */
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
        response.getOutputStream().write(mapper.writeValueAsBytes(problem));
    }
}

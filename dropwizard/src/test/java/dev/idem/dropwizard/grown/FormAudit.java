package dev.idem.dropwizard.grown;

import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;

/** A servlet filter that looks into forms, and sets headers before Jersey. */
final class FormAudit extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient AtomicInteger requests = new AtomicInteger();

    static void install(ServletEnvironment servlets) {
        servlets.addFilter("forms", new FormAudit())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    /** As an annotation of a servlet would do. */
    static void acceptParts(HttpServletRequest request) {
        request.setAttribute("org.eclipse.jetty.multipartConfig", new MultipartConfigElement(""));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Request-Number", Integer.toString(requests.incrementAndGet()));
        if (request.getHeader("X-Audit") != null) {
            request.setAttribute("audited", request.getParameter("amount"));
        }
        if (request.getHeader("X-Parts") != null) {
            acceptParts(request);
            request.setAttribute("audited", request.getParts().size());
        }
        if (request.getHeader("X-Eat") != null) {
            request.setAttribute("eaten", request.getInputStream().readAllBytes());
        }
        chain.doFilter(request, response);
    }
}

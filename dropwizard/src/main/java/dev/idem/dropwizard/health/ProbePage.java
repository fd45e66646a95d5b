package dev.idem.dropwizard.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A page for load balancers and supervisors: 200, or 503 with the reasons. Reads memory only. */
final class ProbePage extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final String good;
    private final String bad;
    private final transient Supplier<Map<Readiness.Reason, String>> reasons;
    private final transient ObjectMapper mapper = new ObjectMapper();

    /** @param reasons against this node, each with a sentence; empty if there is none */
    ProbePage(String good, String bad, Supplier<Map<Readiness.Reason, String>> reasons) {
        this.good = good;
        this.bad = bad;
        this.reasons = reasons;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, String> against = new LinkedHashMap<>();
        reasons.get().forEach((reason, why) -> against.put(reason.label(), why));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", against.isEmpty() ? good : bad);
        if (!against.isEmpty()) {
            body.put("reasons", against);
        }
        response.setStatus(against.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.getOutputStream().write(mapper.writeValueAsBytes(body));
    }
}

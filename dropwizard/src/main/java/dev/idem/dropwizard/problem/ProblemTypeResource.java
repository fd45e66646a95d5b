package dev.idem.dropwizard.problem;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code GET /problems/{name}}: the meaning of a problem type, for people and programs (RFC 9457, section 3.1.1). */
@Path("/problems/{name}")
public final class ProblemTypeResource {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>%1$s</title>
            <h1>%2$s: %1$s</h1>
            <p>%3$s</p>
            <p>%4$s</p>
            <p>May the same request be sent again unchanged? %5$s.</p>
            </html>
            """;

    @GET
    @Produces(MediaType.TEXT_HTML + "; charset=utf-8")
    public String page(@PathParam("name") String name) {
        ProblemType type = typeOf(name);
        return PAGE.formatted(
                type.title(), type.status(), type.meaning(), type.remedy(), type.retryable() ? "Yes" : "No");
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> description(@PathParam("name") String name) {
        ProblemType type = typeOf(name);
        return Map.of(
                "type", type.uri(),
                "title", type.title(),
                "status", type.status(),
                "retryable", type.retryable(),
                "meaning", type.meaning(),
                "remedy", type.remedy());
    }

    private static ProblemType typeOf(String name) {
        return ProblemType.named(name)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemType.NOT_FOUND, "There is no problem with this name.", null), Map.of()));
    }
}

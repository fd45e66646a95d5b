package dev.idem.service.console;

import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The console's files, on the admin port. They are public, because they contain no data: the page loads it with the
 * operator's token. Immutable.
 */
@Path("/console")
public final class ConsoleResource {
    /** Only this page's own files are run, applied or called; no other page may frame it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; worker-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, ConsoleFile> files = ConsoleFile.all();

    @GET
    public Response page() {
        return file(ConsoleFile.PAGE);
    }

    @GET
    @Path("/{file}")
    public Response file(@PathParam("file") String name) {
        @Nullable ConsoleFile file = files.get(name);
        if (file == null) {
            throw new ProblemException(
                    Problem.of(ProblemType.NOT_FOUND, "The console has no such file. It starts at /console.", null),
                    Map.of());
        }
        return Response.ok(file.content(), file.type())
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cache-Control", "no-cache")
                .build();
    }
}

package dev.idem.dropwizard.problem;

import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.model.Resource;

/** {@code GET /problems/{name}}: a {@link ProblemPage}. */
@Path("/problems/{name}")
public final class ProblemTypeResource {

    /** For an application, which may have other resources below this path: only the names that exist. */
    public static Resource ofKnownNames() {
        String names =
                Arrays.stream(ProblemType.values()).map(ProblemType::slug).collect(Collectors.joining("|"));
        return Resource.builder(ProblemTypeResource.class)
                .path("/problems/{name: " + names + "}")
                .build();
    }

    @GET
    @Produces(ProblemPage.HTML)
    public String page(@PathParam("name") String name) {
        return pageOf(name).html();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] description(@PathParam("name") String name) {
        return pageOf(name).json();
    }

    private static ProblemPage pageOf(String name) {
        return ProblemType.named(name)
                .map(ProblemPage::new)
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemType.NOT_FOUND, "There is no problem with this name.", null), Map.of()));
    }
}

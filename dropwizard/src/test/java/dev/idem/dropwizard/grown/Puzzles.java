package dev.idem.dropwizard.grown;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Problems of another kind than the layer's, at the same path. */
@Path("/problems/{id}")
@Produces(MediaType.TEXT_HTML)
public final class Puzzles {
    @GET
    public String puzzle(@PathParam("id") String id) {
        return "puzzle " + id;
    }
}

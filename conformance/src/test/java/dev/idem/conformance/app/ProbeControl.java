package dev.idem.conformance.app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Looks at executions and lets them go on. Unprotected. */
@Path("/probe-control")
@Produces(MediaType.TEXT_PLAIN)
public final class ProbeControl {
    private final Runs runs;

    ProbeControl(Runs runs) {
        this.runs = runs;
    }

    @GET
    @Path("/executions/{run}")
    public String executions(@PathParam("run") String run) {
        return String.valueOf(runs.count(run));
    }

    @POST
    @Path("/release/{name}")
    public void release(@PathParam("name") String name) {
        runs.release(name);
    }
}

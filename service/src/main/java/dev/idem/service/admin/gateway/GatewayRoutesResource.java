package dev.idem.service.admin.gateway;

import dev.idem.gateway.Gateway;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The current routes, for operators. */
@Path("/api/v1/admin/gateway/routes")
public final class GatewayRoutesResource {
    private final Gateway gateway;

    public GatewayRoutesResource(Gateway gateway) {
        this.gateway = gateway;
    }

    /** The routes in the order in which they are tried: longer prefixes first. */
    record Routes(List<RouteView> routes) {}

    @GET
    @RolesAllowed("admin")
    @Produces(MediaType.APPLICATION_JSON)
    public Object routes() {
        return new Routes(gateway.routes().stream().map(RouteView::of).toList());
    }
}

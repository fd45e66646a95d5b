package dev.idem.service.console;

import dev.idem.service.adminport.AdminAddress;
import dev.idem.service.adminport.AdminPort;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;

/**
 * Redirects browsers to the console on the admin port, or says where it is. On the application port, the console would
 * share its origin with the gateway's upstreams. Thread-safe.
 */
@Path("/console")
public final class ConsoleRedirect {
    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final AdminPort port;

    public ConsoleRedirect(AdminPort port) {
        this.port = port;
    }

    @GET
    public Response console(@Context HttpServletRequest request) {
        Optional<URI> there =
                port.address().flatMap(address -> address.consoleFor(request.getServerName(), request.getLocalAddr()));
        return there.map(uri -> Response.status(Response.Status.FOUND).location(uri))
                .orElseGet(() -> Response.ok(whereItIs(), MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8")))
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("/{file:.+}")
    public Response file(@Context HttpServletRequest request) {
        return console(request);
    }

    private String whereItIs() {
        return port.address()
                .map(AdminAddress::console)
                .map(uri -> "The console is on the service's admin port. On the service's own machine: " + uri + " .\n")
                .orElse("The console is on the admin port, and this service has none.\n");
    }
}

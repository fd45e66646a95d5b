package dev.idem.dropwizard.servlet;

import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.http.jetty.ClientConnection;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Notes the client's connection while the server's own request is accessible: Jersey only shows a proxy of it. */
public final class ClientLivenessListener implements ServletRequestListener {
    private static final String ATTRIBUTE = ClientLivenessListener.class.getName();

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        ClientLiveness caller =
                ClientConnection.of(ServletContextRequest.getServletContextRequest(event.getServletRequest()));
        event.getServletRequest().setAttribute(ATTRIBUTE, caller);
    }

    /** Of a request; {@link ClientLiveness#PRESENT} if it did not come through a servlet. */
    public static ClientLiveness of(ContainerRequestContext request) {
        return Optional.ofNullable((ClientLiveness) request.getProperty(ATTRIBUTE))
                .orElse(ClientLiveness.PRESENT);
    }
}

package dev.idem.dropwizard.grown;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.NewCookie;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.message.DeflateEncoder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.filter.EncodingFilter;

/** Adds to each response, without looking, what differs from one to the next. */
final class ServedBy implements ContainerResponseFilter {
    private final AtomicInteger count = new AtomicInteger();

    /** Jersey's own compression. */
    static void encodings(ResourceConfig jersey) {
        EncodingFilter.enableFor(jersey, DeflateEncoder.class);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        int number = count.incrementAndGet();
        response.getHeaders().add("X-Served-By", "node" + number);
        response.getHeaders().add("Vary", "Accept");
        response.getHeaders().add("Access-Control-Allow-Origin", request.getHeaderString("Origin"));
        response.getHeaders()
                .add(
                        "Set-Cookie",
                        new NewCookie.Builder("visit").value("v" + number).build());
    }
}

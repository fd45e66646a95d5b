package dev.idem.dropwizard.filter;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.HttpInput;

/**
 * Says {@code Connection: close} on an answer that is given before the request's body has come, as a refusal may be: the
 * server cannot use such a connection again, and a client that is not told sends its next request into the closing (RFC
 * 9112, sections 9.3 and 9.6). What has already come of the body is read away, and the connection kept.
 */
@Priority(Integer.MIN_VALUE)
public final class UnreadBodyFilter implements ContainerResponseFilter {
    private final Provider<HttpServletRequest> request;

    @Inject
    UnreadBodyFilter(Provider<HttpServletRequest> request) {
        this.request = request;
    }

    @Override
    public void filter(ContainerRequestContext context, ContainerResponseContext answer) throws IOException {
        // Asked for the body, a client that waits with it (100-continue) would send it after all.
        boolean isHeldBack = context.getHeaderString("Expect") != null;
        if (isHeldBack || !readAway(request.get().getInputStream())) {
            answer.getHeaders().putSingle("Connection", "close");
        }
    }

    /** Under another server than Jetty, the connection is that server's concern. */
    private static boolean readAway(ServletInputStream body) {
        return !(body instanceof HttpInput input) || input.consumeAvailable();
    }
}

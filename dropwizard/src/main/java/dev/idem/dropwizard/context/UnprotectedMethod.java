package dev.idem.dropwizard.context;

import dev.idem.dropwizard.servlet.BodyRecording;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** The request is not for a protected method: its body is not kept, and its context says so. */
@Priority(Integer.MIN_VALUE)
public final class UnprotectedMethod implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        PresentContext.isUnprotected(request);
        BodyRecording.of(request).ifPresent(BodyRecording::leave);
    }
}

package dev.idem.dropwizard.servlet;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** The request is not for a protected method: its body is not kept. */
@Priority(Integer.MIN_VALUE)
public final class UnprotectedMethod implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        BodyRecording.of(request).ifPresent(BodyRecording::leave);
    }
}

package dev.idem.dropwizard.grown;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/** Puts each entity into a member of an object, as many applications do. */
@Envelope.Around
final class Envelope implements ContainerResponseFilter {
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface Around {}

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.setStatus(response.getStatus() == 201 ? 202 : response.getStatus());
        if (response.hasEntity()) {
            response.setEntity(Map.of("data", response.getEntity()), new Annotation[0], response.getMediaType());
        }
    }
}

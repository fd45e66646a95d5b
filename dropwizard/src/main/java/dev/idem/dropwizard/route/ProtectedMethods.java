package dev.idem.dropwizard.route;

import dev.idem.dropwizard.Idempotent;
import dev.idem.http.policy.RoutePolicy;
import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Finds the resource methods that {@link Idempotent} protects. */
public final class ProtectedMethods {
    private ProtectedMethods() {}

    /** Whether a method is annotated, or its class, and may change something. */
    public static boolean isProtected(Method method, Class<?> resource) {
        return annotationOf(method, resource).isPresent()
                && httpMethodOf(method).filter(RoutePolicy.CHANGING::contains).isPresent();
    }

    /** The method's own annotation, or else its class's. */
    public static Optional<Idempotent> annotationOf(Method method, Class<?> resource) {
        return AnnotationLookup.ofMethod(method, Idempotent.class)
                .or(() -> AnnotationLookup.ofClass(resource, Idempotent.class));
    }

    /** Such as {@code POST}; empty for a method that no request reaches directly. */
    public static Optional<String> httpMethodOf(Method method) {
        return AnnotationLookup.allOf(method)
                .flatMap(declaration -> Arrays.stream(declaration.getAnnotations()))
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst();
    }
}

package dev.idem.dropwizard.context;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.route.MethodRoutes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import java.util.function.Function;
import java.util.function.Supplier;
import org.glassfish.hk2.api.MultiException;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jspecify.annotations.Nullable;

/** Finds the {@link IdempotencyContext} of a request, for parameters when they are read, and for fields at each call. */
public final class PresentContext implements ValueParamProvider, Supplier<IdempotencyContext> {
    private static final String PROPERTY = PresentContext.class.getName();
    private static final String UNPROTECTED = PROPERTY + ".unprotected";
    private static final String TOO_EARLY = "the idempotency of this request is not known before its resource method is"
            + " called: use IdempotencyContext in the method, not in a constructor or a request filter";
    private static final String NO_REQUEST = "this thread serves no request:"
            + " take IdempotencyContext as a parameter of the resource method, and pass it to other threads";

    private final Provider<ContainerRequest> request;
    private final MethodRoutes routes;

    @Inject
    PresentContext(Provider<ContainerRequest> request, Configuration jersey) {
        this.request = request;
        this.routes = MethodRoutes.of(jersey);
    }

    /** Notes what a request's claim came to. */
    public static void is(ContainerRequestContext request, IdempotencyContext context) {
        request.setProperty(PROPERTY, context);
    }

    /** Notes that a request is never claimed. */
    public static void isUnprotected(ContainerRequestContext request) {
        request.setProperty(UNPROTECTED, true);
    }

    @Override
    public @Nullable Function<ContainerRequest, IdempotencyContext> getValueProvider(Parameter parameter) {
        return parameter.getRawType() == IdempotencyContext.class && parameter.isAnnotationPresent(Context.class)
                ? this::of
                : null;
    }

    @Override
    public PriorityType getPriority() {
        return Priority.NORMAL;
    }

    /** For a field or a constructor, which may outlive the request. */
    @Override
    public IdempotencyContext get() {
        return IdempotencyContext.ofPresentRequest(() -> of(current()));
    }

    private ContainerRequest current() {
        try {
            return request.get();
        } catch (IllegalStateException | MultiException e) {
            throw new IllegalStateException(NO_REQUEST, e);
        }
    }

    private IdempotencyContext of(ContainerRequest request) {
        @Nullable IdempotencyContext known = (IdempotencyContext) request.getProperty(PROPERTY);
        if (known != null) {
            return known;
        }
        if (request.getProperty(UNPROTECTED) == null && routes.protects(request.getUriInfo())) {
            throw new IllegalStateException(TOO_EARLY);
        }
        IdempotencyContext unprotected = IdempotencyContext.unprotected();
        is(request, unprotected);
        return unprotected;
    }
}

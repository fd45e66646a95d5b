package dev.idem.dropwizard.request;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.jersey.message.internal.OutboundJaxrsResponse;
import org.jspecify.annotations.Nullable;

/**
 * Work that a method may have handed over to another thread when its own call failed. What that failure is answered with says nothing of
 * the work. Thread-safe.
 */
public final class HandedOver {
    private static final String PROPERTY = HandedOver.class.getName();

    private final AtomicReference<@Nullable Runnable> outlive;
    private volatile boolean failed;

    private HandedOver(Runnable outlive) {
        this.outlive = new AtomicReference<>(outlive);
    }

    /** @param outlive lets the work outlive the request's answer, unless it has answered itself */
    public static void watch(ContainerRequestContext request, Runnable outlive) {
        HandedOver watched = new HandedOver(outlive);
        request.setProperty(PROPERTY, watched);
        RequestEnd.then(request, watched::leave);
    }

    /** Empty for a method whose answer is not suspended. */
    public static Optional<HandedOver> of(ContainerRequestContext request) {
        return Optional.ofNullable((HandedOver) request.getProperty(PROPERTY));
    }

    /**
     * The method's own call has failed. A {@link WebApplicationException} with a response that was made here is the method's word, as
     * any answer is. One of a JAX-RS client has another server's response, and says nothing of the work here.
     */
    public void methodFailed(Throwable failure) {
        @Nullable Throwable own = failure instanceof InvocationTargetException ? failure.getCause() : failure;
        failed = !(own instanceof WebApplicationException word && word.getResponse() instanceof OutboundJaxrsResponse);
    }

    /** The answer is that of the failure, whatever its status. Its key stays taken if there may be work. */
    public void leave() {
        if (failed) {
            @Nullable Runnable once = outlive.getAndSet(null);
            if (once != null) {
                once.run();
            }
        }
    }
}

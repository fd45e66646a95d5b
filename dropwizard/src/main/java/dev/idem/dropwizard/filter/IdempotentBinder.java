package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.IdempotencyContext;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;

/** Binds what Jersey injects into protected methods, and what it calls when it enters them. */
public final class IdempotentBinder extends AbstractBinder {
    @Override
    protected void configure() {
        bind(MethodEntryFilter.class)
                .to(ResourceMethodInvocationHandlerProvider.class)
                .in(Singleton.class);
        bind(TransactionParameter.class).to(ValueParamProvider.class).in(Singleton.class);
        bindFactory(ContextOfRequest.class).to(IdempotencyContext.class);
    }

    /** Called when a method's parameters are read, which is after the claim. */
    static final class ContextOfRequest implements Supplier<IdempotencyContext> {
        private final Provider<ContainerRequest> request;

        @Inject
        ContextOfRequest(Provider<ContainerRequest> request) {
            this.request = request;
        }

        @Override
        public IdempotencyContext get() {
            Optional<ProtectedRequest> current = ProtectedRequest.of(request.get());
            boolean hasKey = current.flatMap(ProtectedRequest::key).isPresent();
            return current.flatMap(ProtectedRequest::openLease)
                    .map(hasKey ? IdempotencyContext::of : IdempotencyContext::withoutKey)
                    .orElseGet(IdempotencyContext::unprotected);
        }
    }
}

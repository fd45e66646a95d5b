package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.atomic.OwnBindings;
import dev.idem.dropwizard.context.PresentContext;
import jakarta.inject.Singleton;
import java.util.Set;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;

/** Binds what Jersey injects into protected methods, and what it calls when it enters them. */
public final class IdempotentBinder extends AbstractBinder {
    private final Set<Class<?>> participants;
    private final OwnBindings bindings;

    /**
     * @param participants the types of what works in a transaction beside its handle
     * @param bindings the application's own
     */
    public IdempotentBinder(Set<Class<?>> participants, OwnBindings bindings) {
        this.participants = Set.copyOf(participants);
        this.bindings = bindings;
    }

    @Override
    protected void configure() {
        bind(MethodEntryFilter.class)
                .to(ResourceMethodInvocationHandlerProvider.class)
                .in(Singleton.class)
                .ranked(Integer.MAX_VALUE);
        bind(new TransactionParameter(participants, bindings)).to(ValueParamProvider.class);
        bind(PresentContext.class).to(ValueParamProvider.class).in(Singleton.class);
        bindFactory(PresentContext.class).to(IdempotencyContext.class);
    }
}

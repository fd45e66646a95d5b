package dev.idem.dropwizard.atomic;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Objects;
import org.glassfish.hk2.api.ServiceLocator;
import org.glassfish.hk2.utilities.BuilderHelper;
import org.glassfish.jersey.InjectionManagerProvider;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.jspecify.annotations.Nullable;

/**
 * What an application injects itself, under a type that atomic methods take too. It knows that from Jersey, with which it is
 * registered. Thread-safe.
 */
public final class OwnBindings implements Feature {
    private volatile @Nullable InjectionManager injections;

    @Override
    public boolean configure(FeatureContext context) {
        injections = InjectionManagerProvider.getInjectionManager(context);
        return true;
    }

    /** Whether the application has bound the type; nothing is made of it. */
    public boolean have(Class<?> type) {
        return injections()
                        .getInstance(ServiceLocator.class)
                        .getBestDescriptor(BuilderHelper.createContractFilter(type.getName()))
                != null;
    }

    /** @throws IllegalStateException if the application has not bound the type */
    public Object get(Class<?> type) {
        if (!have(type)) {
            throw new IllegalStateException("only an atomic method has a transaction");
        }
        return injections().getInstance(type);
    }

    private InjectionManager injections() {
        return Objects.requireNonNull(injections, "Jersey has not started");
    }
}

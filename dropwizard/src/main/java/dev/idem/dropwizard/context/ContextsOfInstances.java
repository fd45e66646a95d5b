package dev.idem.dropwizard.context;

import dev.idem.dropwizard.IdempotencyContext;
import io.dropwizard.jersey.DropwizardResourceConfig.SpecificBinder;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Field;
import org.apache.commons.lang3.reflect.FieldUtils;
import org.glassfish.jersey.internal.inject.InstanceBinding;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Sets the fields {@code @Context IdempotencyContext} of resources that the application registers as instances: Dropwizard binds them
 * as they are, and Jersey injects nothing into them.
 */
public final class ContextsOfInstances implements ApplicationEventListener {
    private final PresentContext present;

    @Inject
    ContextsOfInstances(Provider<ContainerRequest> request, Configuration jersey) {
        this.present = new PresentContext(request, jersey);
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        if (event.getType() == ApplicationEvent.Type.INITIALIZATION_FINISHED) {
            event.getResourceConfig().getInstances().stream()
                    .filter(SpecificBinder.class::isInstance)
                    .flatMap(bound -> ((SpecificBinder) bound).getBindings().stream())
                    .filter(InstanceBinding.class::isInstance)
                    .forEach(bound -> fill(((InstanceBinding<?>) bound).getService()));
        }
    }

    private void fill(Object resource) {
        FieldUtils.getAllFieldsList(resource.getClass()).stream()
                .filter(field -> field.getType() == IdempotencyContext.class && isInjected(field))
                .forEach(field -> fill(resource, field));
    }

    private void fill(Object instance, Field field) {
        try {
            if (FieldUtils.readField(field, instance, true) == null) {
                FieldUtils.writeField(field, instance, present.get(), true);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(
                    field + " cannot be set: take IdempotencyContext as a parameter of the resource method", e);
        }
    }

    private static boolean isInjected(Field field) {
        return field.isAnnotationPresent(Context.class) || field.isAnnotationPresent(Inject.class);
    }

    @Override
    public @Nullable RequestEventListener onRequest(RequestEvent start) {
        return null;
    }
}

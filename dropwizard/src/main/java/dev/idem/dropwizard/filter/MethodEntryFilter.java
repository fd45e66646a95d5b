package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.route.ProtectedMethods;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.jspecify.annotations.Nullable;

/**
 * Notes that a resource method was entered. Its parameters have been read and validated by then, so an earlier error took no
 * effect. The same status from the method may be an answer to store. Jersey's monitoring events are too early to tell: {@code
 * RESOURCE_METHOD_START} precedes validation.
 */
final class MethodEntryFilter implements ResourceMethodInvocationHandlerProvider {
    private final Provider<ContainerRequest> request;

    @Inject
    MethodEntryFilter(Provider<ContainerRequest> request) {
        this.request = request;
    }

    @Override
    public @Nullable InvocationHandler create(Invocable method) {
        return ProtectedMethods.isProtected(
                        method.getHandlingMethod(), method.getHandler().getHandlerClass())
                ? this::invoke
                : null;
    }

    private @Nullable Object invoke(Object resource, Method method, Object[] arguments)
            throws IllegalAccessException, InvocationTargetException {
        ProtectedRequest.of(request.get()).ifPresent(ProtectedRequest::handlerReached);
        return method.invoke(resource, arguments);
    }
}

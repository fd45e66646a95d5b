package dev.idem.dropwizard.filter;

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
 * Notes that a resource method was entered. Parameters have been read and validated by then, and so an error before
 * this point is one of a request that cannot have taken effect, while the same status from the method may be an answer
 * to keep. Jersey's monitoring events come too early to tell: {@code RESOURCE_METHOD_START} precedes validation.
 */
final class MethodEntryFilter implements ResourceMethodInvocationHandlerProvider {
    private final Provider<ContainerRequest> request;

    @Inject
    MethodEntryFilter(Provider<ContainerRequest> request) {
        this.request = request;
    }

    @Override
    public @Nullable InvocationHandler create(Invocable method) {
        return IdempotentFeature.isProtected(
                        method.getHandlingMethod(), method.getHandler().getHandlerClass())
                ? this::invoke
                : null;
    }

    private @Nullable Object invoke(Object resource, Method method, Object[] arguments)
            throws IllegalAccessException, InvocationTargetException {
        ContainerRequest current = request.get();
        ProtectedRequest.of(current).ifPresent(ProtectedRequest::handlerReached);
        ShadowRequest.of(current).ifPresent(ShadowRequest::handlerReached);
        return method.invoke(resource, arguments);
    }
}

package dev.idem.dropwizard.filter;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.request.HandedOver;
import dev.idem.dropwizard.route.MethodRoutes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Configuration;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.internal.inject.Providers;
import org.glassfish.jersey.server.CloseableService;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes that a resource method was entered. Its parameters have been read and validated by then, so an earlier error took no
 * effect. The same status from the method may be an answer to store. Jersey's monitoring events are too early to tell: {@code
 * RESOURCE_METHOD_START} precedes validation.
 *
 * <p>Jersey asks one provider for each method, so this one comes first and calls the application's, such as one for aspects.
 */
final class MethodEntryFilter implements ResourceMethodInvocationHandlerProvider {
    private static final Logger log = LoggerFactory.getLogger(MethodEntryFilter.class);

    private final Provider<ContainerRequest> request;
    private final MethodRoutes routes;
    private final InjectionManager injections;

    @Inject
    MethodEntryFilter(Provider<ContainerRequest> request, InjectionManager injections, Configuration jersey) {
        this.request = request;
        this.routes = MethodRoutes.of(jersey);
        this.injections = injections;
    }

    @Override
    public @Nullable InvocationHandler create(Invocable method) {
        if (!routes.mayProtect(method)) {
            return null;
        }
        routes.noteEntries(method);
        InvocationHandler called =
                ofApplication(method).orElse((resource, invoked, arguments) -> invoked.invoke(resource, arguments));
        boolean suspends = suspends(method.getHandlingMethod());
        return (resource, invoked, arguments) -> {
            ContainerRequest present = request.get();
            Optional<ProtectedRequest> executing = ProtectedRequest.of(present);
            callHook(executing);
            Optional<RequestTransaction> transaction = RequestTransaction.of(present);
            InvocationHandler entered = entered(called, present, executing);
            return transaction.isPresent()
                    ? inTransaction(present, transaction.get(), suspends, entered, resource, invoked, arguments)
                    : entered.invoke(resource, invoked, arguments);
        };
    }

    private static InvocationHandler entered(
            InvocationHandler called, ContainerRequest request, Optional<ProtectedRequest> executing) {
        return (resource, invoked, arguments) -> {
            executing.ifPresent(ProtectedRequest::methodReached);
            try {
                return called.invoke(resource, invoked, arguments);
            } catch (Throwable failure) {
                OutOfMemoryExit.haltAfter(failure);
                HandedOver.of(request).ifPresent(work -> work.methodFailed(failure));
                throw failure;
            }
        };
    }

    /** What works in the transaction is the thread's own meanwhile. */
    private @Nullable Object inTransaction(
            ContainerRequest request,
            RequestTransaction transaction,
            boolean suspends,
            InvocationHandler entered,
            Object resource,
            Method method,
            @Nullable Object[] arguments)
            throws Throwable {
        // Jersey closes it where it has made the answer; the server may end the request on another thread meanwhile.
        injections.getInstance(CloseableService.class).add(transaction::close);
        Runnable unbind = TransactionParameter.begun(request, transaction, RequestTransaction::bind);
        try {
            @Nullable Object result = entered.invoke(resource, method, arguments);
            if (!suspends && !(result instanceof CompletionStage)) { // else another thread may still work in it
                flush(transaction);
            }
            return result;
        } finally {
            unbind.run();
        }
    }

    private static boolean suspends(Method method) {
        return Arrays.stream(method.getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(Suspended.class)
                        || AsyncResponse.class.isAssignableFrom(parameter.getType()));
    }

    private static void flush(RequestTransaction transaction) throws InvocationTargetException {
        try {
            transaction.flush();
        } catch (RuntimeException e) {
            throw new InvocationTargetException(e); // as if the method had thrown it
        }
    }

    /** What it throws is answered like an exception of the method. It works outside of the transaction, which is not bound yet. */
    private static void callHook(Optional<ProtectedRequest> entering) throws InvocationTargetException {
        if (entering.isPresent()) {
            try {
                entering.get().beforeMethod();
            } catch (Exception refusal) {
                throw new InvocationTargetException(refusal);
            }
        }
    }

    private Optional<InvocationHandler> ofApplication(Invocable method) {
        return Providers.getProviders(injections, ResourceMethodInvocationHandlerProvider.class).stream()
                .filter(provider -> provider != this)
                .map(provider -> created(provider, method))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** One that fails is passed over, as Jersey does. It would have passed over this one. */
    private static @Nullable InvocationHandler created(
            ResourceMethodInvocationHandlerProvider provider, Invocable method) {
        try {
            return provider.create(method);
        } catch (RuntimeException e) {
            log.error(
                    "{} fails, so {} is called without it",
                    provider.getClass().getName(),
                    method.getHandlingMethod(),
                    e);
            return null;
        }
    }
}

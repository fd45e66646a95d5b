package dev.idem.dropwizard.filter;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.atomic.OwnBindings;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.lease.RequestLease;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import jakarta.ws.rs.core.Context;
import java.sql.Connection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Passes an atomic method its request's transaction as a parameter {@code @Context Handle} or {@code @Context Connection}, and what
 * else works in it. Only a parameter, since a field would outlive the request, and since a failure here is answered with a problem.
 */
final class TransactionParameter implements ValueParamProvider {
    private final Set<Class<?>> participants;
    private final OwnBindings bindings;

    /** @param participants the types of what else works in a transaction */
    TransactionParameter(Set<Class<?>> participants, OwnBindings bindings) {
        this.participants = participants;
        this.bindings = bindings;
    }

    @Override
    public @Nullable Function<ContainerRequest, Object> getValueProvider(Parameter parameter) {
        if (!parameter.isAnnotationPresent(Context.class)) {
            return null;
        }
        Class<?> type = parameter.getRawType();
        if (type == Handle.class) {
            return request -> begun(request, type, RequestTransaction::handle);
        }
        if (type == Connection.class) {
            return request -> begun(request, type, RequestTransaction::connection);
        }
        return participants.contains(type)
                ? request -> begun(request, type, transaction -> transaction.participant(type))
                : null;
    }

    @Override
    public PriorityType getPriority() {
        return Priority.NORMAL;
    }

    /** Of a method that is not atomic, what the application has bound itself. */
    private Object begun(ContainerRequest request, Class<?> type, Function<RequestTransaction, Object> step) {
        Optional<RequestTransaction> transaction = RequestTransaction.of(request);
        return transaction.isPresent() ? begun(request, transaction.get(), step) : bindings.get(type);
    }

    /** @throws ProblemException if the transaction cannot begin: its method will not be entered */
    static <T> T begun(ContainerRequest request, RequestTransaction transaction, Function<RequestTransaction, T> step) {
        try {
            return step.apply(transaction);
        } catch (StoreUnavailableException e) {
            Optional<RequestLease> current = ProtectedRequest.of(request).map(ProtectedRequest::lease);
            current.ifPresent(waiting -> waiting.lacksTransaction(e));
            @Nullable String key = current.flatMap(RequestLease::key).orElse(null);
            Refusal refusal = e.isBusy() ? RefusalProblems.transactionBusy(key) : RefusalProblems.noTransaction(key);
            throw new ProblemException(refusal.problem(), refusal.headers());
        }
    }
}

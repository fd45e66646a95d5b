package dev.idem.dropwizard.filter;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.lease.RequestLease;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import jakarta.ws.rs.core.Context;
import java.util.Optional;
import java.util.function.Function;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.model.Parameter;
import org.glassfish.jersey.server.spi.internal.ValueParamProvider;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Passes an atomic method its request's transaction as a parameter {@code @Context Handle}. Only a parameter, since a field
 * would outlive the request, and since a failure here is answered with a problem.
 */
final class TransactionParameter implements ValueParamProvider {

    @Override
    public @Nullable Function<ContainerRequest, Handle> getValueProvider(Parameter parameter) {
        return parameter.getRawType() == Handle.class && parameter.isAnnotationPresent(Context.class)
                ? TransactionParameter::transactionOf
                : null;
    }

    @Override
    public PriorityType getPriority() {
        return Priority.NORMAL;
    }

    private static Handle transactionOf(ContainerRequest request) {
        RequestTransaction transaction = RequestTransaction.of(request)
                .orElseThrow(() -> new IllegalStateException("only an atomic method has a transaction"));
        try {
            return transaction.handle();
        } catch (StoreUnavailableException e) {
            Optional<RequestLease> current = ProtectedRequest.of(request).map(ProtectedRequest::lease);
            current.ifPresent(waiting -> waiting.lacksTransaction(e));
            @Nullable String key = current.flatMap(RequestLease::key).orElse(null);
            Refusal refusal = e.isBusy() ? RefusalProblems.transactionBusy(key) : RefusalProblems.noTransaction(key);
            throw new ProblemException(refusal.problem(), refusal.headers());
        }
    }
}

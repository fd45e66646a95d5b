package dev.idem.dropwizard.atomic;

import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.postgres.AtomicCompletion;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import org.jdbi.v3.core.Jdbi;

/** Gives each request to an atomic method its transaction, which begins when it is first used. Thread-safe. */
@Priority(Integer.MAX_VALUE - 1) // before the claim, and after all that may refuse the request
public final class TransactionFilter implements ContainerRequestFilter {
    private final Jdbi jdbi;
    private final AtomicCompletion completion;
    private final RouteIsolation isolation = new RouteIsolation();

    /** @param jdbi of the database with the records and the data that the methods change */
    public TransactionFilter(Jdbi jdbi) {
        this(jdbi, new AtomicCompletion());
    }

    private TransactionFilter(Jdbi jdbi, AtomicCompletion completion) {
        this.jdbi = jdbi;
        this.completion = completion;
    }

    /** The same for one route alone, whose transactions have an isolation of their own. */
    public TransactionFilter ofRoute() {
        return new TransactionFilter(jdbi, completion);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        RequestTransaction transaction = new RequestTransaction(jdbi, completion, isolation);
        request.setProperty(RequestTransaction.PROPERTY, transaction);
        RequestEnd.then(request, transaction::close);
    }
}

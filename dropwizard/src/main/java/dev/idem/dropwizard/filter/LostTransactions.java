package dev.idem.dropwizard.filter;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.dropwizard.lease.RequestLease;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Refusal;
import dev.idem.http.problem.RefusalProblems;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.PostgresFailures;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Optional;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.spi.ExtendedExceptionMapper;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Answers an atomic method whose statement fails because PostgreSQL is unavailable, as if there had been no connection: 503, and
 * the key is free. An application's other failures stay its own.
 */
public final class LostTransactions implements Feature {
    @Override
    public boolean configure(FeatureContext context) {
        context.register(OfJdbi.class);
        context.register(OfJdbc.class);
        return true;
    }

    /** A statement of JDBI. */
    @Priority(1)
    static final class OfJdbi extends Mapper<JdbiException> {
        @Inject
        OfJdbi(Provider<ContainerRequest> request) {
            super(request);
        }
    }

    /** A statement of JDBC on the transaction's connection. */
    @Priority(1)
    static final class OfJdbc extends Mapper<SQLException> {
        @Inject
        OfJdbc(Provider<ContainerRequest> request) {
            super(request);
        }
    }

    /** Comes before a mapper that the application has for the same exceptions, if it has {@code @Priority(1)}. */
    public abstract static class Mapper<E extends Throwable> implements ExtendedExceptionMapper<E> {
        private final Provider<ContainerRequest> request;

        protected Mapper(Provider<ContainerRequest> request) {
            this.request = request;
        }

        @Override
        public boolean isMappable(E failure) {
            return RequestTransaction.of(request.get()).isPresent()
                    && PostgresFailures.unavailable(PostgresStore.NAME, failure).isPresent();
        }

        @Override
        public Response toResponse(E failure) {
            StoreUnavailableException unavailable =
                    PostgresFailures.unavailable(PostgresStore.NAME, failure).orElseThrow();
            Optional<RequestLease> current = ProtectedRequest.of(request.get()).map(ProtectedRequest::lease);
            current.ifPresent(RequestLease::lostTransaction);
            @Nullable String key = current.flatMap(RequestLease::key).orElse(null);
            Refusal refusal = refusal(unavailable.reason(), key);
            refusal.problem().logReason(unavailable.getMessage());
            return new ProblemException(refusal.problem(), refusal.headers()).getResponse();
        }

        private static Refusal refusal(UnavailableReason reason, @Nullable String key) {
            return switch (reason) {
                case CONFLICT -> RefusalProblems.transactionConflict(key);
                case BUSY -> RefusalProblems.connectionBusy(key);
                default -> RefusalProblems.transactionLost(key);
            };
        }
    }
}

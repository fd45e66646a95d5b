package dev.idem.hibernate;

import dev.idem.dropwizard.filter.LostTransactions;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.persistence.PersistenceException;
import org.glassfish.jersey.server.ContainerRequest;
import org.hibernate.JDBCException;

/** Hibernate's exceptions for a statement that fails because PostgreSQL is unavailable: 503, and the key is free. */
final class LostSessions {
    private LostSessions() {}

    /** The ancestor of all its exceptions, which may have wrapped one of JDBC. */
    @Priority(1)
    static final class OfJpa extends LostTransactions.Mapper<PersistenceException> {
        @Inject
        OfJpa(Provider<ContainerRequest> request) {
            super(request);
        }
    }

    /** Closer than a mapper of the application for all exceptions of JPA. */
    @Priority(1)
    static final class OfHibernate extends LostTransactions.Mapper<JDBCException> {
        @Inject
        OfHibernate(Provider<ContainerRequest> request) {
            super(request);
        }
    }
}

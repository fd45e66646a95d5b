package dev.idem.hibernate;

import dev.idem.dropwizard.atomic.Participant;
import dev.idem.dropwizard.atomic.ParticipantFactory;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.context.internal.ManagedSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request to an atomic method a session on the connection of its transaction: as a parameter {@code @Context Session} or {@code EntityManager}, and as
 * {@link SessionFactory#getCurrentSession()}, which Dropwizard's {@code AbstractDAO} uses. The bundle flushes, commits and closes it.
 * Thread-safe.
 *
 * <pre>{@code
 * protected List<ParticipantFactory<?>> participants(MyConfiguration configuration) {
 *     return List.of(new HibernateSessions(hibernate::getSessionFactory));
 * }
 * }</pre>
 */
public final class HibernateSessions implements ParticipantFactory<Session> {
    private static final Set<String> MANAGED = Set.of("managed", ManagedSessionContext.class.getName());

    private final Supplier<SessionFactory> factory;

    /** @param factory of entities in the database with the records; asked when the application has started, so its bundle may run later */
    public HibernateSessions(Supplier<SessionFactory> factory) {
        this.factory = factory;
    }

    @Override
    public Set<Class<? super Session>> parameterTypes() {
        return Set.of(Session.class, EntityManager.class);
    }

    /**
     * Checks the factory.
     *
     * @throws IllegalStateException if there is none, or if its current session would not be the transaction's
     */
    @Override
    public void start() {
        Object context = open().getProperties().get(AvailableSettings.CURRENT_SESSION_CONTEXT_CLASS);
        if (!MANAGED.contains(String.valueOf(context))) {
            throw new IllegalStateException("the session factory has " + AvailableSettings.CURRENT_SESSION_CONTEXT_CLASS
                    + " = " + context + ": atomic methods need `managed`, which Dropwizard's HibernateBundle sets");
        }
    }

    private SessionFactory open() {
        try {
            return Optional.<@Nullable SessionFactory>ofNullable(factory.get()).orElseThrow(NullPointerException::new);
        } catch (NullPointerException e) {
            throw new IllegalStateException(
                    "HibernateSessions got no session factory: add the HibernateBundle to the application", e);
        }
    }

    @Override
    public Participant<Session> join(Connection connection) {
        return TransactionSession.open(open(), connection);
    }

    @Override
    public Set<Class<?>> components() {
        return Set.of(LostSessions.OfJpa.class, LostSessions.OfHibernate.class);
    }
}

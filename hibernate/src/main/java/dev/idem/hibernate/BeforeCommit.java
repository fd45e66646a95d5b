package dev.idem.hibernate;

import jakarta.transaction.Status;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.hibernate.Interceptor;
import org.hibernate.SessionBuilder;
import org.hibernate.SessionFactory;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.internal.EmptyInterceptor;
import org.hibernate.resource.transaction.spi.SynchronizationRegistryImplementor;
import org.jspecify.annotations.Nullable;

/**
 * What an application wants to do in a session before it commits: its interceptor and its synchronizations. Hibernate would call them once the
 * connection has been committed; so they are called before that, and not again. Not thread-safe.
 */
final class BeforeCommit {
    private boolean done;

    /** Lets the factory's interceptor be called once. */
    SessionBuilder watch(SessionFactory factory, SessionBuilder options) {
        return interceptor(factory).map(own -> options.interceptor(once(own))).orElse(options);
    }

    private static Optional<Interceptor> interceptor(SessionFactory factory) {
        SessionFactoryOptions options =
                factory.unwrap(SessionFactoryImplementor.class).getSessionFactoryOptions();
        return Optional.of(options.getInterceptor())
                .filter(own -> own != EmptyInterceptor.INSTANCE)
                .or(() -> Optional.ofNullable(options.getStatelessInterceptorImplementorSupplier())
                        .map(supplier -> supplier.get()));
    }

    private Interceptor once(Interceptor own) {
        return (Interceptor) Proxy.newProxyInstance(
                BeforeCommit.class.getClassLoader(),
                new Class<?>[] {Interceptor.class},
                (proxy, method, arguments) -> called(own, method, arguments));
    }

    private @Nullable Object called(Interceptor own, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (done && method.getName().equals("beforeTransactionCompletion")) {
            return null;
        }
        try {
            return method.invoke(own, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** @throws RuntimeException if one of them refuses */
    void run(SessionImplementor session) {
        if (!done) {
            session.getInterceptor().beforeTransactionCompletion(session.getTransaction());
            synchronizations(session).notifySynchronizationsBeforeTransactionCompletion();
            done = true;
        }
    }

    /** The synchronizations learn the outcome here, so that Hibernate finds none. */
    void tellCommitted(SessionImplementor session) {
        synchronizations(session).notifySynchronizationsAfterTransactionCompletion(Status.STATUS_COMMITTED);
    }

    private static SynchronizationRegistryImplementor synchronizations(SessionImplementor session) {
        return (SynchronizationRegistryImplementor)
                session.getTransactionCoordinator().getLocalSynchronizations();
    }
}

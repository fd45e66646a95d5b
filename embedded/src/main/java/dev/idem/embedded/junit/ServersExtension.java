package dev.idem.embedded.junit;

import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link TestRedis} and a {@link TestDatabase}, as parameters of constructors, life-cycle methods and test
 * methods. Each server starts when it is first asked for, once in a launcher's session: for Surefire and Failsafe once in a
 * fork, whichever classes that runs. It stops after the last test.
 */
public final class ServersExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(ServersExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return type(parameter).equals(TestRedis.class) || type(parameter).equals(TestDatabase.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Store store = test.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        return type(parameter).equals(TestRedis.class)
                ? store.getOrComputeIfAbsent("Redis", key -> new SharedRedis(), SharedRedis.class)
                        .place()
                : new TestDatabase(
                        store.getOrComputeIfAbsent("Postgres", key -> new SharedPostgres(), SharedPostgres.class)
                                .server);
    }

    private static Class<?> type(ParameterContext parameter) {
        return parameter.getParameter().getType();
    }

    /** Closed by JUnit with the store. */
    private static final class SharedRedis implements AutoCloseable {
        private final EphemeralRedis server = EphemeralRedis.start();
        private final AtomicLong places = new AtomicLong();

        TestRedis place() {
            long place = places.incrementAndGet();
            if (place >= EphemeralRedis.DATABASES) {
                throw new IllegalStateException(
                        "a fork has no more than " + EphemeralRedis.DATABASES + " databases in Redis");
            }
            return new TestRedis(server.url() + "/" + place, "t" + place + ":", server.pid());
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** Closed by JUnit with the store. */
    private static final class SharedPostgres implements AutoCloseable {
        private final EphemeralPostgres server = EphemeralPostgres.start();

        @Override
        public void close() {
            server.close();
        }
    }
}

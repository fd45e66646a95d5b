package dev.idem.dropwizard.atomic;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;

/**
 * What has been changed of a connection's session, which would outlive the transaction: the pool's next user would find, for example,
 * a connection that only reads. As thread-safe as the connection.
 */
final class SessionState implements InvocationHandler {
    private interface Setting {
        Object of(Connection connection) throws SQLException;
    }

    private interface Undo {
        void run() throws SQLException;
    }

    private static final Map<String, Setting> KEPT = Map.of(
            "setReadOnly", Connection::isReadOnly,
            "setTransactionIsolation", Connection::getTransactionIsolation,
            "setCatalog", Connection::getCatalog,
            "setSchema", Connection::getSchema,
            "setHoldability", Connection::getHoldability,
            "setNetworkTimeout", Connection::getNetworkTimeout,
            "setTypeMap", Connection::getTypeMap);

    private final Connection connection;
    private final Map<String, Undo> changed = new LinkedHashMap<>();

    private SessionState(Connection connection) {
        this.connection = connection;
    }

    /** Makes the connections of a Jdbi remember what is changed. It changes nothing of their behaviour. */
    static final class Plugin implements JdbiPlugin {
        @Override
        public Connection customizeConnection(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    SessionState.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    new SessionState(connection));
        }
    }

    /**
     * Sets it back; in no transaction.
     *
     * @param connection any; only one of the {@link Plugin}'s remembers something
     */
    static void restore(Connection connection) throws SQLException {
        if (Proxy.isProxyClass(connection.getClass())
                && Proxy.getInvocationHandler(connection) instanceof SessionState state) {
            Deque<Undo> undone = new ArrayDeque<>(state.changed.values());
            state.changed.clear();
            while (!undone.isEmpty()) {
                undone.removeLast().run();
            }
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        @Nullable Setting setting = KEPT.get(method.getName());
        if (setting != null && arguments != null && !changed.containsKey(method.getName())) {
            remember(method, setting.of(connection), arguments);
        }
        return call(method, arguments);
    }

    private void remember(Method method, Object before, @Nullable Object[] arguments) {
        @Nullable Object[] old = arguments.clone();
        old[old.length - 1] = before;
        changed.put(method.getName(), () -> {
            try {
                Object unused = method.invoke(connection, old);
            } catch (ReflectiveOperationException e) {
                throw new SQLException(method.getName() + " cannot be undone", e);
            }
        });
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

package dev.idem.dropwizard.atomic.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been changed of a connection's session, which would outlive the transaction: the pool's next user would find, for example,
 * a connection that only reads. As thread-safe as the connection.
 */
public final class SessionState implements InvocationHandler {
    private interface Setting {
        /** Returns what sets back the present value. */
        Undo keep(Connection connection) throws SQLException;
    }

    private interface Setter<T> {
        void set(T before) throws SQLException;
    }

    private interface Undo {
        void run() throws SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(SessionState.class);
    private static final String SET_SCHEMA = "setSchema";

    private static final Map<String, Setting> KEPT = Map.of(
            "setReadOnly",
            on -> undo(on.isReadOnly(), on::setReadOnly),
            "setTransactionIsolation",
            on -> undo(on.getTransactionIsolation(), on::setTransactionIsolation),
            "setCatalog",
            on -> undo(on.getCatalog(), on::setCatalog),
            SET_SCHEMA,
            on -> undo(searchPath(on), before -> setSearchPath(on, before)),
            "setHoldability",
            on -> undo(on.getHoldability(), on::setHoldability),
            "setNetworkTimeout",
            on -> undo(on.getNetworkTimeout(), before -> on.setNetworkTimeout(Runnable::run, before)),
            "setTypeMap",
            on -> undo(on.getTypeMap(), on::setTypeMap),
            "setClientInfo",
            on -> undo((Properties) on.getClientInfo().clone(), on::setClientInfo));

    private static <T> Undo undo(T before, Setter<T> setter) {
        return () -> setter.set(before);
    }

    private final Connection connection;
    private final Map<String, Undo> changed = new LinkedHashMap<>();

    private SessionState(Connection connection) {
        this.connection = connection;
    }

    /** Makes the connections of a Jdbi remember what is changed. A schema that is set in a transaction lasts as long as that. */
    public static final class Plugin implements JdbiPlugin {
        @Override
        public Connection customizeConnection(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    SessionState.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    new SessionState(connection));
        }
    }

    /**
     * Sets it back, or cuts the connection, so that its pool's next user finds the session as this one has found it; in no transaction.
     *
     * @param connection any; only one of the {@link Plugin}'s remembers something
     */
    public static void restoreOrCut(Connection connection) {
        try {
            restore(connection);
        } catch (SQLException e) {
            log.warn("the method has changed its connection, which is closed since that cannot be undone", e);
            cut(connection);
        }
    }

    /** Ends it at once, under a thread that may still work on it. Its pool gives it to nobody else. */
    public static void cut(Connection connection) {
        try {
            if (connection.isWrapperFor(PooledConnection.class)) {
                connection.unwrap(PooledConnection.class).setDiscarded(true);
            }
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            log.warn("the connection of a transaction could not be cut: {}", e.getMessage());
        }
    }

    private static void restore(Connection connection) throws SQLException {
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
        String name = method.getName();
        if (name.equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        if (name.equals(SET_SCHEMA) && arguments != null && !connection.getAutoCommit()) {
            setSchemaLocally((String) arguments[0]);
            return null;
        }
        @Nullable Setting setting = KEPT.get(name);
        if (setting != null && arguments != null && !changed.containsKey(name)) {
            changed.put(name, setting.keep(connection));
        }
        return call(method, arguments);
    }

    /** In a transaction the end undoes it. A value kept here could be one that the transaction has set for itself. */
    private void setSchemaLocally(@Nullable String schema) throws SQLException {
        String set = schema == null
                ? "SET LOCAL search_path TO DEFAULT"
                : "SELECT pg_catalog.set_config('search_path', pg_catalog.quote_ident(?), true)";
        try (PreparedStatement statement = connection.prepareStatement(set)) {
            if (schema != null) {
                statement.setString(1, schema);
            }
            statement.execute();
        }
    }

    /** The driver's schema is only the first of the path that exists. */
    private static String searchPath(Connection connection) throws SQLException {
        try (PreparedStatement show = connection.prepareStatement("SHOW search_path");
                ResultSet row = show.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static void setSearchPath(Connection connection, String path) throws SQLException {
        try (PreparedStatement set =
                connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, false)")) {
            set.setString(1, path);
            set.execute();
        }
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

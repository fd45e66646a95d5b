package dev.idem.dropwizard.atomic;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's connection as the method sees it: it refuses what would end the transaction, or change how it works. What else is changed of
 * the session is set back at the end ({@link SessionState}). It protects against mistakes, not against intent: {@link Connection#unwrap} gives
 * the driver's own. As thread-safe as the connection.
 */
final class GuardedConnection implements InvocationHandler {
    private static final String REFUSED =
            "the transaction belongs to the request: leave commit, rollback and close to the bundle;"
                    + " the isolation is @Idempotent(isolation = …), and a part is undone with a savepoint";

    /** SQLSTATE: invalid transaction termination. */
    private static final String STATE = "2D000";

    private static final Set<String> REFUSED_METHODS =
            Set.of("abort", "close", "commit", "setReadOnly", "setTransactionIsolation");

    private final Connection connection;

    private GuardedConnection(Connection connection) {
        this.connection = connection;
    }

    static Connection of(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                GuardedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new GuardedConnection(connection));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (isRefused(method, arguments)) {
            throw new SQLException(method.getName() + ": " + REFUSED, STATE);
        }
        if (method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean isRefused(Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "rollback" -> arguments == null; // to a savepoint it is part of the work
            case "setAutoCommit" -> arguments != null && Boolean.TRUE.equals(arguments[0]);
            default -> REFUSED_METHODS.contains(method.getName());
        };
    }
}

package dev.idem.dropwizard.atomic.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction's connection as the method sees it: it refuses what would end the transaction, or change how it works. It protects against mistakes, not against intent: {@link Connection#unwrap} to a
 * class of the driver gives the driver's own. As thread-safe as the connection.
 */
public final class GuardedConnection implements InvocationHandler {
    private static final String REFUSED =
            "the transaction belongs to the request: leave commit, rollback and close to the bundle;"
                    + " the isolation is @Idempotent(isolation = …), and a part is undone with a savepoint";

    /** SQLSTATE: invalid transaction termination. */
    private static final String STATE = "2D000";

    private static final Set<String> REFUSED_METHODS =
            Set.of("abort", "close", "commit", "setReadOnly", "setTransactionIsolation");

    private final GuardedJdbc connection;

    private GuardedConnection(GuardedJdbc connection) {
        this.connection = connection;
    }

    /** All that is made from it lasts as long as the use. */
    public static Connection of(Connection connection, TransactionUse use) {
        Connection guarded = (Connection) Proxy.newProxyInstance(
                GuardedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new GuardedConnection(new GuardedJdbc(connection, use)));
        use.begin(guarded);
        return guarded;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (isRefused(method, arguments)) {
            throw new SQLException(method.getName() + ": " + REFUSED, STATE);
        }
        return connection.invoke(proxy, method, arguments);
    }

    private static boolean isRefused(Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "rollback" -> arguments == null; // to a savepoint it is part of the work
            case "setAutoCommit" -> arguments != null && Boolean.TRUE.equals(arguments[0]);
            default -> REFUSED_METHODS.contains(method.getName());
        };
    }
}

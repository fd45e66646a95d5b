package dev.idem.hibernate;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** A connection that does nothing when Hibernate commits or rolls back after the bundle has. Before that the connection refuses. */
final class EndedElsewhere implements InvocationHandler {
    private final Connection connection;
    private volatile boolean ended;

    EndedElsewhere(Connection connection) {
        this.connection = connection;
    }

    Connection asConnection() {
        return (Connection)
                Proxy.newProxyInstance(EndedElsewhere.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    /** From here on a commit or a rollback does nothing. */
    void end() {
        ended = true;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean ending = arguments == null
                && (method.getName().equals("commit") || method.getName().equals("rollback"));
        if (ended && ending) {
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

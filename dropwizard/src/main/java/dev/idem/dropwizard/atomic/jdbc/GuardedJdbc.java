package dev.idem.dropwizard.atomic.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object of the driver that may be used as long as its transaction, and so may all that it returns. As thread-safe as the object. */
final class GuardedJdbc implements InvocationHandler {
    private static final String ENDED =
            "the request's transaction has ended, and with it all that was made from its connection";

    /** SQLSTATE: no active SQL transaction. */
    private static final String STATE = "25P01";

    /** A subtype stands before its supertype. */
    private static final List<Class<?>> MADE = List.of(
            CallableStatement.class,
            PreparedStatement.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            ResultSetMetaData.class,
            ParameterMetaData.class,
            Array.class,
            Blob.class,
            Clob.class,
            SQLXML.class);

    /** Such a call is for another thread than the one that waits for a statement. */
    private static final Set<String> WITHOUT_WAITING = Set.of("cancel", "isClosed", "toString");

    private final Object own;
    private final TransactionUse use;

    GuardedJdbc(Object own, TransactionUse use) {
        this.own = own;
        this.use = use;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        if (method.getName().equals("hashCode")) {
            return System.identityHashCode(proxy);
        }
        if (method.getName().equals("unwrap") && arguments != null && ((Class<?>) arguments[0]).isInstance(proxy)) {
            return proxy;
        }
        if (WITHOUT_WAITING.contains(method.getName())) {
            return use.hasEnded() ? afterEnd(method) : called(method, arguments);
        }
        return use.call(() -> called(method, arguments), () -> afterEnd(method));
    }

    private @Nullable Object called(Method method, @Nullable Object @Nullable [] arguments) throws Exception {
        if (own instanceof Statement statement && method.getName().equals("close")) {
            use.closed(statement);
        }
        Object result = returned(method, ownOf(arguments));
        return result == null ? null : guarded(result);
    }

    private @Nullable Object returned(Method method, @Nullable Object @Nullable [] arguments) throws Exception {
        try {
            return method.invoke(own, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    private @Nullable Object guarded(Object result) {
        if (result instanceof Connection) {
            return use.connection();
        }
        if (result instanceof Statement statement && own instanceof Connection) {
            use.closeAtEnd(statement);
        }
        return MADE.stream()
                .filter(type -> type.isInstance(result))
                .findFirst()
                .map(type -> Proxy.newProxyInstance(
                        GuardedJdbc.class.getClassLoader(), new Class<?>[] {type}, new GuardedJdbc(result, use)))
                .orElse(result);
    }

    /** The driver gets its own objects back, such as an array that is a parameter. */
    private static @Nullable Object @Nullable [] ownOf(@Nullable Object @Nullable [] arguments) {
        return arguments == null
                ? null
                : Arrays.stream(arguments).map(GuardedJdbc::ownOf).toArray();
    }

    private static @Nullable Object ownOf(@Nullable Object argument) {
        return argument != null
                        && Proxy.isProxyClass(argument.getClass())
                        && Proxy.getInvocationHandler(argument) instanceof GuardedJdbc guarded
                ? guarded.own
                : argument;
    }

    private @Nullable Object afterEnd(Method method) throws SQLException {
        List<Class<?>> thrown = List.of(method.getExceptionTypes());
        return switch (method.getName()) {
            case "close", "free" -> null;
            case "isClosed" -> true;
            case "isValid" -> false;
            case "toString" -> ENDED;
            default ->
                throw thrown.contains(SQLClientInfoException.class)
                        ? new SQLClientInfoException(ENDED, STATE, Map.of())
                        : new SQLException(ENDED, STATE);
        };
    }
}

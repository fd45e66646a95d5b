package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.atomic.Isolation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import jakarta.annotation.Priority;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import java.sql.Connection;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong declaration stops the start, not a request. */
@ExtendWith(ServersExtension.class)
final class AtomicStartIT {

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMethodThatHasNoTransactionMayNotTakeOne(Object resource, TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> TestService.start(redis, database, resource).close())
                .hasStackTraceContaining(resource.getClass().getSimpleName() + ".pay(")
                .hasStackTraceContaining("must be POST, PUT, PATCH or DELETE, and @Idempotent(atomic = true)");
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void aTransactionIsOfferedToMethodsOnly(Object resource, String place, TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> TestService.start(redis, database, resource).close())
                .hasStackTraceContaining(place)
                .hasStackTraceContaining("take it as a parameter @Context Handle of the atomic method");
    }

    static Stream<Arguments> misplaced() {
        return Stream.of(
                Arguments.of(new InAField(), "InAField.transaction takes"),
                Arguments.of(InAConstructor.class, "InAConstructor(org.jdbi.v3.core.Handle) takes"),
                Arguments.of(InASetter.class, "InASetter.set(org.jdbi.v3.core.Handle) takes"));
    }

    @ParameterizedTest
    @MethodSource("connections")
    void aConnectionIsOfferedToAtomicMethodsOnly(Object resource, String said, TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> TestService.start(redis, database, resource).close())
                .hasStackTraceContaining(said);
    }

    static Stream<Arguments> connections() {
        return Stream.of(
                Arguments.of(
                        new ConnectionInAField(),
                        "ConnectionInAField.connection takes a transaction (java.sql.Connection) that belongs to no request:"
                                + " take it as a parameter @Context Connection of the atomic method"),
                Arguments.of(
                        ConnectionInAConstructor.class,
                        "take it as a parameter @Context Connection of the atomic method"),
                Arguments.of(
                        new ConnectionNotAtomic(),
                        "ConnectionNotAtomic.pay(java.sql.Connection) takes the request's transaction (java.sql.Connection)"),
                Arguments.of(
                        new IsolationNotAtomic(),
                        "IsolationNotAtomic.pay() has isolation = SERIALIZABLE and no transaction: write"
                                + " @Idempotent(atomic = true, isolation = …), or remove isolation"));
    }

    /** A resource that the application makes may have a connection of its own. */
    @Test
    void aConnectionOfTheApplicationsOwnStays(TestRedis redis, TestDatabase database) throws Exception {
        TestService.start(redis, database, new OwnConnection(null)).close();
    }

    @Path("/connection-field")
    public static final class ConnectionInAField {
        @Context
        private @Nullable Connection connection;

        @POST
        @Idempotent(atomic = true)
        public String pay() {
            return String.valueOf(connection);
        }
    }

    @Path("/connection-constructor")
    public static final class ConnectionInAConstructor {
        private final Connection connection;

        public ConnectionInAConstructor(@Context Connection connection) {
            this.connection = connection;
        }

        @POST
        @Idempotent(atomic = true)
        public String pay() {
            return String.valueOf(connection);
        }
    }

    @Path("/connection-not-atomic")
    public static final class ConnectionNotAtomic {
        @POST
        @Idempotent
        public void pay(@Context Connection connection) {}
    }

    @Path("/isolation-not-atomic")
    @Idempotent(isolation = Isolation.SERIALIZABLE)
    public static final class IsolationNotAtomic {
        @POST
        public void pay() {}
    }

    @Path("/own-connection")
    public static final class OwnConnection {
        private final @Nullable Connection connection;

        public OwnConnection(@Nullable Connection connection) {
            this.connection = connection;
        }

        @POST
        @Idempotent(atomic = true)
        public String pay() {
            return String.valueOf(connection);
        }
    }

    @Path("/field")
    public static final class InAField {
        @Context
        private @Nullable Handle transaction;

        @POST
        @Idempotent(atomic = true)
        public String pay() {
            return String.valueOf(transaction);
        }
    }

    @Path("/constructor")
    public static final class InAConstructor {
        private final Handle transaction;

        public InAConstructor(@Context Handle transaction) {
            this.transaction = transaction;
        }

        @POST
        @Idempotent(atomic = true)
        public String pay() {
            return String.valueOf(transaction);
        }
    }

    @Path("/setter")
    public static final class InASetter {
        private @Nullable Handle transaction;

        @Context
        public void set(Handle transaction) {
            this.transaction = transaction;
        }

        @POST
        @Idempotent(atomic = true)
        public String pay() {
            return String.valueOf(transaction);
        }
    }

    @Test
    void aFilterThatCouldComeAfterTheClaimMayNotStay(TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> TestService.start(redis, database, new Late()).close())
                .hasStackTraceContaining(Late.class.getName() + " is a request filter of ")
                .hasStackTraceContaining("Give it a priority below 2147483647");
    }

    @Priority(Integer.MAX_VALUE)
    static final class Late implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {}
    }

    static Stream<Object> mistakes() {
        return Stream.of(new NotAtomic(), new NotProtected(), new OnlyReading());
    }

    @Path("/not-atomic")
    @Idempotent
    public static final class NotAtomic {
        @POST
        public void pay(@Context Handle transaction) {}
    }

    @Path("/not-protected")
    public static final class NotProtected {
        @POST
        public void pay(@Context Handle transaction) {}
    }

    @Path("/only-reading")
    @Idempotent(atomic = true)
    public static final class OnlyReading {
        @GET
        public void pay(@Context Handle transaction) {}
    }
}

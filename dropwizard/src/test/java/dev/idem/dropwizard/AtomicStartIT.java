package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import jakarta.annotation.Priority;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
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
                Arguments.of(new InABean(), "Bean.transaction takes"),
                Arguments.of(InASetter.class, "InASetter.set(org.jdbi.v3.core.Handle) takes"));
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

    @Path("/bean")
    public static final class InABean {
        public static final class Bean {
            @Context
            private @Nullable Handle transaction;
        }

        @POST
        @Idempotent(atomic = true)
        public String pay(@BeanParam Bean bean) {
            return String.valueOf(bean.transaction);
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

package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
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

package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A mistake behind a sub-resource locator stops the start, where the locator's type says what it leads to. */
@ExtendWith(ServersExtension.class)
final class SubResourceStartIT {

    @Test
    void anUnknownPolicy(TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> TestService.start(redis, database, new Outer()).close())
                .hasStackTraceContaining("idempotency.policies must have the policy 'nowhere'");
    }

    @Test
    void aTransactionOfAMethodThatHasNone(TestRedis redis, TestDatabase database) {
        assertThatThrownBy(
                        () -> TestService.start(redis, database, new OfClass()).close())
                .hasStackTraceContaining("Taking.take(")
                .hasStackTraceContaining("@Idempotent(atomic = true)");
    }

    @Test
    void aLocatorThatIsIdempotent(TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() ->
                        TestService.start(redis, database, new Annotated()).close())
                .hasStackTraceContaining("Annotated.inner()")
                .hasStackTraceContaining("it is a sub-resource locator. Put it on the methods that it leads to");
    }

    @Path("/outer")
    public static final class Outer {
        @Path("/middle")
        public Middle middle() {
            return new Middle();
        }
    }

    public static final class Middle {
        @Path("/inner")
        public Inner inner() {
            return new Inner();
        }
    }

    public static final class Inner {
        @POST
        @Idempotent(policy = "nowhere")
        public String post() {
            return "posted";
        }
    }

    @Path("/class")
    public static final class OfClass {
        @Path("/taking")
        public Class<Taking> taking() {
            return Taking.class;
        }
    }

    public static final class Taking {
        @POST
        @Idempotent
        public String take(@Context Handle transaction) {
            return "took";
        }
    }

    @Path("/annotated")
    public static final class Annotated {
        @Path("/inner")
        @Idempotent
        public Object inner() {
            return new Inner();
        }
    }
}

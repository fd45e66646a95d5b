package dev.idem.dropwizard.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.Idempotent;
import dev.idem.http.policy.ConfiguredRoute;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.Test;

/** The layer knows of each protected method when it is entered. */
final class MethodEntriesTest {
    private final MethodRoutes routes = new MethodRoutes(new ConfiguredRoutes(List.of()));

    @Path("/payments")
    public static final class Payments {
        @POST
        @Idempotent
        public void pay() {}
    }

    private static final class Built implements Inflector<ContainerRequestContext, String> {
        @Override
        @Idempotent
        public String apply(ContainerRequestContext request) {
            return "";
        }
    }

    @Test
    void aMethodThatIsCalledPastTheLayerStopsTheStart() throws Exception {
        Method method = Payments.class.getMethod("pay");

        assertThatThrownBy(() -> routes.requireEntries(Payments.class, method))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Payments.pay() is not called through the idempotency layer")
                .hasMessageContaining("Bind it with ranked() below 2147483647");

        routes.noteEntries(only(Resource.from(Payments.class)));
        assertThatCode(() -> routes.requireEntries(Payments.class, method)).doesNotThrowAnyException();
    }

    @Test
    void aMethodNeedsNoAnnotationOfJakartasToBeProtected() {
        Resource.Builder built = Resource.builder("/built");
        built.addMethod("POST").handledBy(new Built());

        assertThat(routes.mayProtect(only(built.build()))).isTrue();
    }

    /** Entries of the configuration are for methods that change something. */
    @Test
    void aMethodThatReadsIsNotWrapped() {
        MethodRoutes configured = new MethodRoutes(new ConfiguredRoutes(List.of(new ConfiguredRoute(
                "idempotency.routes[0]",
                "/**",
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true))));

        assertThat(configured.mayProtect(only(Resource.from(Reports.class)))).isFalse();
        assertThat(configured.mayProtect(only(Resource.from(Payments.class)))).isTrue();
    }

    @Path("/reports")
    public static final class Reports {
        @GET
        public String read() {
            return "";
        }
    }

    private static Invocable only(Resource resource) {
        return resource.getResourceMethods().get(0).getInvocable();
    }
}

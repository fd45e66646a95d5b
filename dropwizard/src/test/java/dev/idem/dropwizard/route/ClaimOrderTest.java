package dev.idem.dropwizard.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.PreMatching;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

/** Nothing that may refuse a caller comes after the claim. */
final class ClaimOrderTest {
    private static final int LATEST = Integer.MAX_VALUE;

    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Bound {}

    @Path("/payments")
    public static final class Payments {
        @POST
        @Bound
        public void pay() {}
    }

    @Path("/shops")
    public static final class Shops {
        @Path("/{shop}")
        public Object shop() {
            return new Payments();
        }
    }

    private static class Nothing implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {}
    }

    @Priority(LATEST)
    public static final class Latest extends Nothing {}

    @Bound
    @Priority(LATEST)
    public static final class LatestByName extends Nothing {}

    public static final class WithoutPriority extends Nothing {}

    @PreMatching
    @Priority(LATEST)
    public static final class BeforeMatching extends Nothing {}

    private static void start(Consumer<ResourceConfig> more) {
        ClaimOrder order = new ClaimOrder();
        ResourceConfig config = new ResourceConfig(Payments.class).register(order);
        config.register((DynamicFeature) (method, context) -> order.of(method, BeforeMatching.class));
        more.accept(config);
        new ApplicationHandler(config);
    }

    private static void assertNamed(Class<?> filter, Consumer<ResourceConfig> more) {
        assertThatThrownBy(() -> start(more))
                .hasStackTraceContaining(filter.getName() + " is a request filter of ")
                .hasStackTraceContaining("Payments.pay()")
                .hasStackTraceContaining("Give it a priority below 2147483647");
    }

    @Test
    void aFilterWithTheLargestPriorityStopsTheStart() {
        assertNamed(Latest.class, config -> config.register(Latest.class));
        assertNamed(Latest.class, config -> config.register(new Latest()));
        assertNamed(WithoutPriority.class, config -> config.register(new WithoutPriority(), LATEST));
    }

    @Test
    void soDoesOneThatIsBoundByANameOrByAFeature() {
        assertNamed(LatestByName.class, config -> config.register(new LatestByName()));
        assertNamed(
                WithoutPriority.class,
                config -> config.register(
                        (DynamicFeature) (method, context) -> context.register(new WithoutPriority(), LATEST)));
    }

    @Test
    void anyOtherMayStay() {
        assertThatCode(() ->
                        start(config -> config.register(new WithoutPriority()).register(new BeforeMatching())))
                .doesNotThrowAnyException();
    }

    @Test
    void aMethodThatIsOnlyFoundByARequestIsExaminedThen() throws Exception {
        ClaimOrder order = new ClaimOrder();
        List<ClaimOrder.Place> places = new ArrayList<>();
        ApplicationHandler application = new ApplicationHandler(
                new ResourceConfig(Shops.class, Latest.class).register(order).register((DynamicFeature)
                        (method, context) -> {
                            if (method.getResourceClass() == Payments.class) {
                                places.add(order.of(method, BeforeMatching.class));
                            }
                        }));

        ContainerResponse response = application
                .apply(new ContainerRequest(
                        URI.create("http://test/"),
                        URI.create("http://test/shops/1"),
                        "POST",
                        null,
                        new MapPropertiesDelegate(),
                        null))
                .get();

        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(places).hasSize(1);
        assertThatThrownBy(places.get(0)::requireLast)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Latest.class.getName());
    }
}

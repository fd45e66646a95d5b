package dev.idem.dropwizard.route;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes are named as Jersey knows the methods. */
final class MethodRoutesTest {

    @ParameterizedTest
    @CsvSource({
        "bare,     POST /orders",
        "template, POST /orders/{id}",
        "relative, POST /orders/{id}/lines",
        "regex,    POST /orders/{id: [0-9]+}/parts",
    })
    void itIsNamedByTheMethodAndThePathsTemplate(String method, String name) throws Exception {
        assertThat(routes(Orders.class, method)).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({"bare, POST /orders", "relative, POST /orders/items"})
    void aPathWithoutALeadingSlashHasOneInTheName(String method, String name) throws Exception {
        assertThat(routes(RelativeOrders.class, method)).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({"bare, POST /orders", "template, POST /orders/{id}"})
    void aTrailingSlashDoesNotDoubleTheNextOne(String method, String name) throws Exception {
        assertThat(routes(SlashedOrders.class, method)).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({"bare, POST /", "template, POST /{id}"})
    void theRootIsASingleSlash(String method, String name) throws Exception {
        assertThat(routes(Root.class, method)).containsExactly(name);
    }

    @Test
    void aMethodMayHaveSeveralRoutes() throws Exception {
        Resource.Builder built = Resource.builder(Slash.class);
        MethodRoutes routes = new MethodRoutes(new ConfiguredRoutes(List.of()));
        ResourceConfig application = new ResourceConfig(Slash.class).register(routes);
        application.registerResources(built.path("/again").build());
        new ApplicationHandler(application);

        assertThat(routes.direct(Slash.class, Slash.class.getMethod("slash")))
                .containsExactlyInAnyOrder("POST /slash", "POST /again");
    }

    private static Set<String> routes(Class<?> resource, String method) throws NoSuchMethodException {
        MethodRoutes routes = new MethodRoutes(new ConfiguredRoutes(List.of()));
        new ApplicationHandler(new ResourceConfig(resource).register(routes));
        return routes.direct(resource, resource.getMethod(method));
    }

    @Path("/slash")
    public static class Slash {
        @POST
        @Path("/")
        public void slash() {}
    }

    @Path("/orders")
    public static class Orders {
        @POST
        public void bare() {}

        @POST
        @Path("/{id}")
        public void template() {}

        @POST
        @Path("{id}/lines")
        public void relative() {}

        @POST
        @Path("{id: [0-9]+}/parts")
        public void regex() {}
    }

    @Path("orders")
    public static class RelativeOrders {
        @POST
        public void bare() {}

        @POST
        @Path("items")
        public void relative() {}
    }

    @Path("/orders/")
    public static class SlashedOrders {
        @POST
        public void bare() {}

        @POST
        @Path("/{id}")
        public void template() {}
    }

    @Path("/")
    public static class Root {
        @POST
        public void bare() {}

        @POST
        @Path("/{id}")
        public void template() {}
    }
}

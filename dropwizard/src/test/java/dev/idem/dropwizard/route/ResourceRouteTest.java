package dev.idem.dropwizard.route;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceRouteTest {

    @ParameterizedTest
    @CsvSource({
        "bare,     POST /orders",
        "slash,    POST /orders",
        "template, POST /orders/{id}",
        "relative, POST /orders/{id}",
        "regex,    POST /orders/{id: [0-9]+}",
    })
    void itIsNamedByTheMethodAndThePathsTemplate(String method, String name) throws Exception {
        assertThat(route(Orders.class, method).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"bare, POST /orders", "relative, POST /orders/items"})
    void aPathWithoutALeadingSlashHasOneInTheName(String method, String name) throws Exception {
        assertThat(route(RelativeOrders.class, method).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"bare, POST /orders", "template, POST /orders/{id}"})
    void aTrailingSlashDoesNotDoubleTheNextOne(String method, String name) throws Exception {
        assertThat(route(SlashedOrders.class, method).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"bare, POST /", "template, POST /{id}"})
    void theRootIsASingleSlash(String method, String name) throws Exception {
        assertThat(route(Root.class, method).name()).isEqualTo(name);
    }

    @Test
    void itKeepsWhetherCallersWithoutANameMayUseKeys() throws Exception {
        ResourceInfo resource = new Resource(Orders.class, Orders.class.getMethod("bare"));

        assertThat(ResourceRoute.of("POST", resource, true).anonymous()).isTrue();
        assertThat(ResourceRoute.of("POST", resource, false).anonymous()).isFalse();
    }

    private static ResourceRoute route(Class<?> resource, String method) throws NoSuchMethodException {
        return ResourceRoute.of("POST", new Resource(resource, resource.getMethod(method)), false);
    }

    private record Resource(Class<?> type, Method method) implements ResourceInfo {
        @Override
        public Method getResourceMethod() {
            return method;
        }

        @Override
        public Class<?> getResourceClass() {
            return type;
        }
    }

    @Path("/orders")
    public static class Orders {
        @POST
        public void bare() {}

        @POST
        @Path("/")
        public void slash() {}

        @POST
        @Path("/{id}")
        public void template() {}

        @POST
        @Path("{id}")
        public void relative() {}

        @POST
        @Path("{id: [0-9]+}")
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

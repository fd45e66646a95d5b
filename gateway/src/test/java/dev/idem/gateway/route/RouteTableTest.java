package dev.idem.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private final RouteTable<String> table =
            new RouteTable<>(Map.of("/orders", "orders", "/orders/archive", "archive", "/users", "users"));

    @Test
    void theLongestPrefixWins() {
        assertThat(table.match("/orders/archive/1")).contains("archive");
        assertThat(table.match("/orders/1")).contains("orders");
        assertThat(table.match("/orders")).contains("orders");
    }

    @Test
    void aPrefixEndsWhereASegmentDoes() {
        assertThat(table.match("/ordersX")).isEmpty();
        assertThat(table.match("/orders/archiveX")).contains("orders");
        assertThat(table.match("/order")).isEmpty();
        assertThat(table.match("/orders;v=1/2")).contains("orders");
    }

    @Test
    void theRootTakesWhatNoOtherDoes() {
        RouteTable<String> rooted = new RouteTable<>(Map.of("/", "rest", "/orders", "orders"));

        assertThat(rooted.match("/anything")).contains("rest");
        assertThat(rooted.match("/orders/1")).contains("orders");
    }

    @Test
    void noPrefixTakesWhatTheServiceAnswersItself() {
        RouteTable<String> rooted = new RouteTable<>(Map.of("/", "rest", "/api", "api"));

        assertThat(rooted.match("/openapi.json")).isEmpty();
        assertThat(rooted.match("/api/auth/login")).isEmpty();
        assertThat(rooted.match("/api/auth")).contains("api");
        assertThat(rooted.match("/problems")).contains("rest");
    }

    @Test
    void routesAreListedAsTheyAreTried() {
        assertThat(table.routes()).hasSize(3).startsWith("archive");
    }
}

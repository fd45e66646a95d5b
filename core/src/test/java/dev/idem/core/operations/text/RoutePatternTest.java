package dev.idem.core.operations.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoutePatternTest {

    @ParameterizedTest
    @CsvSource({
        "POST /api/v1/shares,      /api/v1/shares,       true",
        "POST /api/v1/shares,      /api/v1/shares/,      true",
        "POST /api/v1/shares/{id}, /api/v1/shares/17,    true",
        "POST /orders,             /orders/17/items,     true",
        "POST /api/v1/shares/{id}, /api/v1/shares,       false",
        "POST /orders,             /ordersX,             false",
        "POST /orders,             /,                    false",
        "POST /api/v1/shares,      /API/v1/shares,       false",
    })
    void takesItsPathsAndAllBelow(String route, String path, boolean takes) {
        assertThat(RoutePattern.of(route).takes(path)).isEqualTo(takes);
    }
}

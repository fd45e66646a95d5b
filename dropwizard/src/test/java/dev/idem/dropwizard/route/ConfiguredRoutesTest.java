package dev.idem.dropwizard.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.http.policy.ConfiguredRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An entry is for the methods whose templates are the same, however they are written. */
final class ConfiguredRoutesTest {
    private static final List<String> METHODS =
            List.of("POST /payments/{id: \\d{1,9}}/capture", "PUT /payments/{id: \\d{1,9}}/capture", "POST /größe/{x}");
    private static final List<String> OPEN = List.of("/stores/{store}/files");

    private static ConfiguredRoutes routes(String... paths) {
        List<ConfiguredRoute> routes = new ArrayList<>();
        for (String path : paths) {
            routes.add(route(routes.size(), path));
        }
        return new ConfiguredRoutes(routes);
    }

    private static ConfiguredRoute route(int number, String path, String... methods) {
        return new ConfiguredRoute(
                "idempotency.routes[" + number + "]",
                path,
                Set.of(methods),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /payments/{id}/capture           | POST /payments/{payment}/capture
            payments/{id}/capture/           | POST /payments/{id}/capture
            /payments/{id: [0-9]{3}}/capture | POST /payments/{id: \\d+}/capture
            /payments/{ id }/capture         | POST /payments/{id: \\d{2}}/capture
            /a/{x}-{y}                       | DELETE /a/{b}-{c}
            /größe                           | PUT /gr%C3%B6%C3%9Fe
            /                                | POST /
            /payments/**                     | POST /payments
            /payments/**                     | PATCH /payments/{id}/capture
            /**                              | POST /payments
            """)
    void itIncludes(String path, String method) {
        assertThat(routes(path).of(method)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /payments         | GET /payments
            /payments         | HEAD /payments
            /payments         | POST /payments/{id}
            /payments/{id}    | POST /payments/new
            /payments/{x}     | POST /payments/{x}-{y}
            /payments/**      | POST /paymentsystems
            /Payments         | POST /payments
            """)
    void itDoesNotInclude(String path, String method) {
        assertThat(routes(path).of(method)).isEmpty();
    }

    @Test
    void theMostExactEntryWins() {
        ConfiguredRoutes all = routes("/**", "/a/{x}", "/a/**", "/a/{x}/b/**");

        assertThat(all.of("POST /a/{y}").orElseThrow().path()).isEqualTo("/a/{x}");
        assertThat(all.of("POST /a/{y}/b/c").orElseThrow().path()).isEqualTo("/a/{x}/b/**");
        assertThat(all.of("POST /a/{y}/c").orElseThrow().path()).isEqualTo("/a/**");
        assertThat(all.of("POST /b").orElseThrow().path()).isEqualTo("/**");
    }

    @Test
    void twoEntriesForOneMethodAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes("/a/{x}", "/b", "a/{y: .+}/"))
                .withMessageContaining("idempotency.routes[2] must have another path or other methods")
                .withMessageContaining("idempotency.routes[0]");
        assertThatCode(() -> new ConfiguredRoutes(List.of(route(0, "/a", "POST"), route(1, "/a", "PUT"))))
                .doesNotThrowAnyException();
    }

    @Test
    void aPathThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes("/a/{x"))
                .withMessageContaining("idempotency.routes[0].path must be a path such as /payments/{id}/capture");
    }

    @Test
    void anEntryForNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes("/payments/{id}/captures").requireUsed(METHODS, OPEN))
                .withMessageContaining("idempotency.routes[0] must be for a method of this application")
                .withMessageContaining("none has the path /payments/{id}/captures")
                .withMessageContaining("There are POST /größe/{x}, POST /payments/{id: \\d{1,9}}/capture, PUT ");
        ConfiguredRoutes withPatch = new ConfiguredRoutes(List.of(route(0, "/payments/{id}/capture", "POST", "PATCH")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withPatch.requireUsed(METHODS, OPEN))
                .withMessageContaining("idempotency.routes[0].methods must not have PATCH");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new ConfiguredRoutes(List.of(route(0, "/**", "DELETE"))).requireUsed(METHODS, List.of()))
                .withMessageContaining("one of the methods [DELETE]");
    }

    @Test
    void whatOnlyARequestTellsIsNotRefused() {
        assertThat(routes("/payments/{x}/capture", "/größe/**").requireUsed(METHODS, OPEN))
                .isEmpty();
        assertThat(routes("/stores/{s}/files/{file}/pages").requireUsed(METHODS, OPEN))
                .singleElement()
                .asString()
                .contains(
                        "idempotency.routes[0] must be for a method",
                        "none has the path /stores/{s}/files/{file}/pages");
    }

    @Test
    void whatIsKnownBelowAnOpenPathIsInNoDoubt() {
        List<String> open = List.of("/");

        assertThat(routes("/payments/{x}/capture").requireUsed(METHODS, open)).isEmpty();
        assertThat(routes("/payments/{x}/captures").requireUsed(METHODS, open)).hasSize(1);
        assertThat(new ConfiguredRoutes(List.of(route(0, "/payments/{x}/capture", "POST", "PATCH")))
                        .requireUsed(METHODS, open))
                .singleElement()
                .asString()
                .contains("idempotency.routes[0].methods must not have PATCH");
    }
}

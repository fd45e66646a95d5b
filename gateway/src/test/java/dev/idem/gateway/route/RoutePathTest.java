package dev.idem.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePathTest {

    @ParameterizedTest
    @CsvSource({
        "/orders/1, /orders/1",
        "/%6frders, /orders",
        "/%256frders, /orders",
        "/a;v=1/b;w, /a/b",
        "//a///b/, /a/b/",
        "/a%2Fb, /a/b",
        "/a%5cb, /a/b",
        "/50%, /50%",
        "/%zz, /%zz"
    })
    void aLenientServerMayTakeAPathForAnother(String raw, String canonical) {
        assertThat(new RoutePath(raw).canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/.", "/..", "/a/../b", "/a/./b", "/%2e", "/a/%2E%2e", "/a/.;x/b", "/%252e%252e/", "/a%2f..%2fb"
            })
    void dotSegmentsAreSeenHoweverTheyAreWritten(String raw) {
        assertThat(new RoutePath(raw).hasDotSegment()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a.b", "/.a", "/a..", "/...", "/a%2eb"})
    void dotsWithinSegmentsAreNone(String raw) {
        assertThat(new RoutePath(raw).hasDotSegment()).isFalse();
    }

    @Test
    void aPlainPathIsItsOwnCanonicalForm() {
        assertThat(new RoutePath("/orders/17").isPlain()).isTrue();
        assertThat(new RoutePath("/orders//17").isPlain()).isFalse();
        assertThat(new RoutePath("/orders;a").isPlain()).isFalse();
        assertThat(new RoutePath("/%6f").isPlain()).isFalse();
    }
}

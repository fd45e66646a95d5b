package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprinterTest {
    private static final String JSON = "application/json";
    private static final String ORDER = "{\"item\":1,\"count\":2}";

    private final Fingerprinter fingerprinter = new Fingerprinter();

    @Test
    void theSameRequestHasTheSameFingerprint() {
        assertThat(fingerprint("POST", "/orders", "a=1", "user:1", JSON, ORDER))
                .isEqualTo(fingerprint("POST", "/orders", "a=1", "user:1", JSON, ORDER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "PUT |/orders |a=1|user:1|application/json         |1",
                "POST|/order  |a=1|user:1|application/json         |1",
                "POST|/orders/|a=1|user:1|application/json         |1",
                "POST|/orders |a=2|user:1|application/json         |1",
                "POST|/orders |-  |user:1|application/json         |1",
                "POST|/orders |a=1|user:2|application/json         |1",
                "POST|/orders |a=1|user:1|application/x+json       |1",
                "POST|/orders |a=1|user:1|text/plain               |1",
                "POST|/orders |a=1|user:1|-                        |1",
                "POST|/orders |a=1|user:1|application/json         |2",
                "POST|/orders |a=1|user:1|application/json         |''",
            })
    void eachPartMatters(
            String method, String path, @Nullable String query, String scope, @Nullable String type, String body) {
        assertThat(fingerprint(method, path, query, scope, type, body))
                .isNotEqualTo(fingerprint("POST", "/orders", "a=1", "user:1", JSON, "1"));
    }

    @Test
    void partsDoNotRunIntoEachOther() {
        assertThat(fingerprint("POST", "/ordersa=1", null, "user:1", JSON, "1"))
                .isNotEqualTo(fingerprint("POST", "/orders", "a=1", "user:1", JSON, "1"));
    }

    @ParameterizedTest
    @CsvSource({"a=1&b=2,b=2&a=1", "b&a=1&a=2,a=1&a=2&b"})
    void theOrderOfQueryParametersDoesNotMatter(String query, String sameQuery) {
        assertThat(withQuery(query)).isEqualTo(withQuery(sameQuery));
    }

    @ParameterizedTest
    @CsvSource({"a=1&a=2,a=2&a=1", "a=1,a=1&a=1", "a,a=", "a=%41,a=A", "a=1,A=1"})
    void whatMayMeanSomethingInAQueryMatters(String query, String otherQuery) {
        assertThat(withQuery(query)).isNotEqualTo(withQuery(otherQuery));
    }

    @Test
    void anEmptyQueryIsNone() {
        assertThat(withQuery("")).isEqualTo(withQuery(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"count\":2,\"item\":1}", "{ \"item\": 1.0, \"count\": 2e0 }"})
    void anotherSpellingOfTheSameJsonIsTheSameRequest(String body) {
        assertThat(withBody(JSON, body)).isEqualTo(withBody(JSON, ORDER));
    }

    @Test
    void typesThatAreWrittenInJsonAreComparedAsJson() {
        assertThat(withBody("application/merge-patch+json", "{ }"))
                .isEqualTo(withBody("application/merge-patch+json", "{}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json;charset=utf-8", "Application/JSON", " application/json ; charset=\"UTF-8\""})
    void theParametersOfJsonDoNotMatter(String type) {
        assertThat(withBody(type, ORDER)).isEqualTo(withBody(JSON, ORDER));
    }

    @Test
    void theParametersOfOtherTypesMatter() {
        assertThat(withBody("text/plain; charset=utf-8", "a"))
                .isNotEqualTo(withBody("text/plain; charset=latin1", "a"));
    }

    @Test
    void aBodyThatIsNotJsonIsComparedAsBytes() {
        assertThat(withBody("text/plain", "{ }")).isNotEqualTo(withBody("text/plain", "{}"));
        assertThat(withBody("text/plain", "{}")).isEqualTo(withBody("text/plain", "{}"));
    }

    @Test
    void malformedJsonIsComparedAsBytes() {
        assertThat(withBody(JSON, "{ ")).isEqualTo(withBody(JSON, "{ ")).isNotEqualTo(withBody(JSON, "{"));
    }

    private Fingerprint withQuery(@Nullable String query) {
        return fingerprint("POST", "/orders", query, "user:1", JSON, ORDER);
    }

    private Fingerprint withBody(String type, String body) {
        return fingerprint("POST", "/orders", null, "user:1", type, body);
    }

    private Fingerprint fingerprint(
            String method, String path, @Nullable String query, String scope, @Nullable String type, String body) {
        return fingerprinter.fingerprint(
                new FingerprintedRequest(method, path, query, new Scope(scope), type, body.getBytes(UTF_8)));
    }
}

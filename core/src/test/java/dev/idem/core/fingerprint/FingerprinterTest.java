package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprinterTest {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ORDER = "{\"item\":1,\"count\":2}";

    private final Fingerprinter fingerprinter = new Fingerprinter(FingerprintRules.USUAL);

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

    @ParameterizedTest
    @CsvSource({"a=1&b=2,b=2&a=1", "a=b+c,a=b%20c", "a=%41,a=A", "a=1&,a=1"})
    void anotherSpellingOfTheSameFormIsTheSameRequest(String form, String sameForm) {
        assertThat(withBody(FORM, form))
                .isEqualTo(withBody(FORM, sameForm))
                .isEqualTo(withBody(FORM + "; charset=UTF-8", form));
    }

    @ParameterizedTest
    @CsvSource({
        "a=1&a=2,a=2&a=1",
        "a=1,a=1&a=1",
        "a,a=",
        "a=1&b=2,a=1&b=3",
        "a=b&c=d,a=b%26c%3Dd",
        "a==,a=",
        "a=%,a=%25"
    })
    void whatMeansSomethingInAFormMatters(String form, String otherForm) {
        assertThat(withBody(FORM, form)).isNotEqualTo(withBody(FORM, otherForm));
    }

    @Test
    void theBoundaryOfAMultipartBodyDoesNotMatter() {
        assertThat(withBody("multipart/form-data; boundary=one", multipart("one", "a", "b")))
                .isEqualTo(withBody("multipart/form-data; boundary=\"tw o\"", multipart("tw o", "a", "b")));
    }

    @Test
    void thePartsOfAMultipartBodyMatter() {
        Fingerprint ab = multipart("a", "b");

        assertThat(List.of(
                        multipart("b", "a"),
                        multipart("a"),
                        multipart("a", "b", ""),
                        multipart("ab"),
                        multipart("a", "c"),
                        multipart("a\r\nb")))
                .doesNotContain(ab)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--one", "--one\r\na", "--one\r\na\r\n--on", "--one x\r\na\r\n--one--"})
    void aBodyThatIsNotWhatItsTypeSaysIsComparedAsBytes(String body) {
        assertThat(withBody("multipart/mixed; boundary=one", body))
                .isEqualTo(withBody("multipart/mixed; boundary=one", body))
                .isNotEqualTo(withBody("multipart/mixed; boundary=one", body + '.'));
    }

    @Test
    void anEmptyBodyIsNoEmptyObject() {
        assertThat(withBody(JSON, "")).isNotEqualTo(withBody(JSON, "{}")).isNotEqualTo(withBody(JSON, "null"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"item\":1,\"time\":5}                     | {\"item\":1}",
                "{\"item\":1,\"time\":{\"at\":[1,2]}}          | {\"time\":\"noon\",\"item\":1}",
                "{\"lines\":[{\"id\":1,\"n\":2},{\"id\":1}]}   | {\"lines\":[{\"id\":7,\"n\":2},{\"id\":1}]}",
            })
    void whatTheRulesIgnoreDoesNotMatter(String body, String other) {
        assertThat(ignoring(body)).isEqualTo(ignoring(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"item\":1,\"time\":5}                     | {\"item\":2,\"time\":5}",
                "{\"in\":{\"time\":5}}                       | {\"in\":{\"time\":6}}",
                "{\"lines\":[{\"id\":1},{\"id\":1}]}         | {\"lines\":[{\"id\":1},{\"id\":2}]}",
            })
    void whatIsElsewhereMattersStill(String body, String other) {
        assertThat(ignoring(body)).isNotEqualTo(ignoring(other));
    }

    @Test
    void aHeaderThatTheRulesTakeInMatters() {
        assertThat(withHeaders(Map.of("x-tenant", "a")))
                .isEqualTo(withHeaders(Map.of("x-tenant", "a")))
                .isNotEqualTo(withHeaders(Map.of("x-tenant", "b")))
                .isNotEqualTo(withHeaders(Map.of()));
    }

    @Test
    void rulesThatCannotBeMeantAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FingerprintRules(List.of("client_time"), List.of()))
                .withMessageContaining("policy.fingerprint.ignore must have JSON Pointers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FingerprintRules(List.of(), List.of("X Tenant")))
                .withMessageContaining("policy.fingerprint.headers must have names of headers");
    }

    private Fingerprint multipart(String... parts) {
        return withBody("multipart/mixed; boundary=one", multipart("one", List.of(parts)));
    }

    private static String multipart(String boundary, String first, String second) {
        return multipart(boundary, List.of(first, second));
    }

    private static String multipart(String boundary, List<String> parts) {
        StringBuilder body = new StringBuilder();
        parts.forEach(part ->
                body.append("--").append(boundary).append("\r\n").append(part).append("\r\n"));
        return body.append("--").append(boundary).append("--\r\n").toString();
    }

    private static Fingerprint ignoring(String body) {
        FingerprintRules rules = new FingerprintRules(List.of("/time", "/lines/0/id"), List.of());
        return new Fingerprinter(rules)
                .fingerprint(new FingerprintedRequest(
                        "POST", "/orders", null, new Scope("user:1"), JSON, new TreeMap<>(), body.getBytes(UTF_8)));
    }

    private Fingerprint withHeaders(Map<String, String> headers) {
        return fingerprinter.fingerprint(new FingerprintedRequest(
                "POST", "/orders", null, new Scope("user:1"), JSON, new TreeMap<>(headers), new byte[0]));
    }

    private Fingerprint withQuery(@Nullable String query) {
        return fingerprint("POST", "/orders", query, "user:1", JSON, ORDER);
    }

    private Fingerprint withBody(String type, String body) {
        return fingerprint("POST", "/orders", null, "user:1", type, body);
    }

    private Fingerprint fingerprint(
            String method, String path, @Nullable String query, String scope, @Nullable String type, String body) {
        return fingerprinter.fingerprint(new FingerprintedRequest(
                method, path, query, new Scope(scope), type, new TreeMap<>(), body.getBytes(UTF_8)));
    }
}

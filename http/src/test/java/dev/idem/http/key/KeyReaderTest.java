package dev.idem.http.key;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key may be in the body or the query, too, under the same rules. */
final class KeyReaderTest {
    private static final String JSON = "application/json";

    private static KeyReader from(String place) {
        return new KeyReader(KeyPolicy.of(KeyFormat.ANY).with(KeySource.of(place)));
    }

    private static Optional<String> inBody(String place, String contentType, String body) {
        return from(place).withBody(Optional.empty(), contentType, body.getBytes(UTF_8));
    }

    private static Optional<String> inQuery(String place, String query) {
        return from(place).beforeBody(List.of(), query);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /key        | {"key":"a1"}                        | a1
            /key        | {"a":{"key":"b"},"key":"a b,c"}     | a b,c
            /a/0/key    | {"a":[{"key":"x"},{"key":"y"}]}     | x
            /a/1        | [1,{}]                              |
            /0          | ["first"]                           | first
            /a~1b/~0    | {"a/b":{"~":"k"}}                   | k
            /           | {"":"k"}                            | k
            /key        | {"key":7}                           | 7
            /key        | {"key":-0}                          | 0
            /key        | {"key":12345678901234567890}        | 12345678901234567890
            /key        | {"key":null}                        |
            /key        | {}                                  |
            /key        | {"Key":"a"}                         |
            /key        | "key"                               |
            /key/inner  | {"key":"a"}                         |
            /key/inner  | {"key":null}                        |
            /key        | ''                                  |
            /key        | {"key":"\\u0061"}                   | a
            /key        | {"a":1,"a":2,"key":"k"}             | k
            """)
    void aValueOfTheBody(String place, String body, String key) {
        assertThat(inBody(place, JSON, body)).isEqualTo(Optional.ofNullable(key));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /key     | {"key":1.0}                    | must be a string or an integer
            /key     | {"key":1e3}                    | must be a string or an integer
            /key     | {"key":true}                   | must be a string or an integer
            /key     | {"key":["a"]}                  | must be a string or an integer
            /key     | {"key":{"a":1}}                | must be a string or an integer
            /key     | {"key":"a","key":"a"}          | more than once
            /key     | {"key":"a","key":null}         | more than once
            /a/key   | {"a":{"key":"a"},"a":{}}       | more than once
            /key     | {"key":""}                     | The key is empty
            /key     | {"key":"ü"}                    | not printable
            /key     | {"key":"a\\u0000"}             | not printable
            /key     | {"key":" "}                    | begins or ends with a space
            /key     | {"key":" a"}                   | begins or ends with a space
            /key     | {"key":"a "}                   | begins or ends with a space
            /key     | {"key":"a"                     | not valid JSON
            /key     | {"key":"a"} {"key":"b"}        | not valid JSON
            /key     | key=a                          | not valid JSON
            /key     | {"other":tru,"key":"a"}        | not valid JSON
            """)
    void aValueOfTheBodyThatIsNoKey(String place, String body, String message) {
        assertThatThrownBy(() -> inBody(place, JSON, body))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=utf-8",
                "APPLICATION/merge-patch+JSON",
                "text/json",
                "",
                "text/plain; charset=UTF-8",
                "application/octet-stream",
                "application/x-www-form-urlencoded",
                "no type at all"
            })
    void jsonIsReadUnderAnyType(String contentType) {
        assertThat(inBody("/key", contentType, "{\"key\":\"a\"}")).contains("a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            text/plain                        | key=a
            text/plain                        | {"key":"a"} and more
            application/x-www-form-urlencoded | key=%22a%22
            application/x-ndjson              | {"key":{}} {"key":"b"}
            application/octet-stream          | ''
            null                              | {"key":"a"
            """)
    void whatIsNoneHasNoKeyThere(String contentType, String body) {
        assertThat(inBody("/key", contentType, body)).isEmpty();
    }

    @Test
    void aKeyUnderAnotherTypeHasTheSameRules() {
        assertThatThrownBy(() -> inBody("/key", "text/plain", "{\"key\":1.5}"))
                .hasMessageContaining("must be a string or an integer");
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, "text/plain"})
    void validJsonIsNeverCalledInvalid(String contentType) {
        String number = "{\"n\":" + "7".repeat(2_000) + ",\"" + "n".repeat(60_000) + "\":1,\"key\":\"a\"}";
        String deep = "{\"key\":\"a\",\"deep\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}";

        assertThat(inBody("/key", contentType, number)).contains("a");
        assertThatThrownBy(() -> inBody("/key", contentType, deep))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessage(
                        "The body is nested too deeply for the key at /key to be read; nest it less, or send the key"
                                + " in the header.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'key': 'b'}", "key=b", "", "{\"key\":", "DEEP"})
    void aHeaderIsTheKeyWhateverTheBodyIsWorth(String body) {
        byte[] sent = body.replace("DEEP", "[".repeat(1_500)).getBytes(UTF_8);

        assertThat(from("/key").withBody(Optional.of("a"), JSON, sent)).contains("a");
    }

    @Test
    void aBodyWithoutATypeMayBeAnything() {
        assertThat(from("/key").withBody(Optional.empty(), null, new byte[] {1, 2, 3}))
                .isEmpty();
    }

    @Test
    void jsonMayHaveOtherEncodings() {
        assertThat(from("/key").withBody(Optional.empty(), JSON, "{\"key\":\"a\"}".getBytes(UTF_16)))
                .contains("a");
    }

    @ParameterizedTest
    @CsvSource({
        "query:key, key=a, a",
        "query:key, x=1&key=a%2Fb&y, a/b",
        "query:key, %6Bey=a, a",
        "query:my key, my+key=a+b, a b",
        "query:key, keys=a&Key=b,",
        "query:key, %zz=1&key=a, a",
        "query:key, key=a=b, a=b"
    })
    void aParameterOfTheQuery(String place, String query, String key) {
        assertThat(inQuery(place, query)).isEqualTo(Optional.ofNullable(key));
    }

    @ParameterizedTest
    @CsvSource({
        "key=a&key=a, more than once",
        "key=a&x&key=b, more than once",
        "key=, The key is empty",
        "key, The key is empty",
        "key=%zz, not percent-encoded properly",
        "key=%, not percent-encoded properly",
        "key=%20, begins or ends with a space",
        "key=a+, begins or ends with a space",
        "key=%FF, not printable",
        "key=%00, not printable"
    })
    void aParameterThatIsNoKey(String query, String message) {
        assertThatThrownBy(() -> inQuery("query:key", query))
                .isInstanceOf(MalformedKeyException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theRulesForKeysAreTheSameEverywhere() {
        KeyReader uuids = new KeyReader(KeyPolicy.DEFAULT.with(KeySource.of("/key")));
        byte[] body = ("{\"key\":\"" + "x".repeat(256) + "\"}").getBytes(UTF_8);

        assertThatThrownBy(() -> uuids.withBody(Optional.empty(), JSON, "{\"key\":\"x\"}".getBytes(UTF_8)))
                .hasMessageContaining("The key must be a UUID");
        assertThatThrownBy(() -> from("/key").withBody(Optional.empty(), JSON, body))
                .hasMessageContaining("256 characters");
    }

    @Test
    void aHeaderBesideMustAgree() {
        KeyReader query = from("query:key");
        byte[] body = "{\"key\":\"a\"}".getBytes(UTF_8);

        assertThat(query.beforeBody(List.of("\"a\""), "key=a")).contains("a");
        assertThat(query.beforeBody(List.of("a"), "x=1")).contains("a");
        assertThat(query.beforeBody(List.of("a"), null)).contains("a");
        assertThat(from("/key").withBody(Optional.of("a"), JSON, body)).contains("a");
        assertThat(from("/other").withBody(Optional.of("a"), JSON, body)).contains("a");
        assertThatThrownBy(() -> query.beforeBody(List.of("b"), "key=a"))
                .hasMessage(
                        "The header Idempotency-Key and the key in the query parameter key are different; send one key.");
        assertThatThrownBy(() -> from("/key").withBody(Optional.of("b"), JSON, body))
                .hasMessage(
                        "The header Idempotency-Key and the key at /key in a JSON body are different; send one key.");
    }

    @Test
    void onlyTheHeaderCountsByDefault() {
        KeyReader header = from("header");

        assertThat(header.beforeBody(List.of(), "key=a")).isEmpty();
        assertThat(header.readsBody()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "body", "key", "query:", "query", "/a~2", "/a~", "a/b", "#/a", "Query:a"})
    void aPlaceThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> KeySource.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "policy.keyFrom must be header, a JSON Pointer such as /idempotency_key, or query:");
    }
}

package dev.idem.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPathTemplateTest {
    private final KeyPathTemplate path = new KeyPathTemplate("/orders/by-key/{key}");
    private final KeyPathTemplate query = new KeyPathTemplate("/orders?key={key}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8e03978e   | 8e03978e",
                "a b        | a%20b",
                "a+b        | a%2Bb",
                "a?b=c&d#e  | a%3Fb%3Dc%26d%23e",
                "100%       | 100%25",
                "%41        | %2541",
                "...        | ...",
                "..a        | ..a",
                "a;b        | a%3Bb",
                "{key}      | %7Bkey%7D"
            })
    void whatHasAMeaningInAPathIsEscaped(String key, String escaped) {
        assertThat(path.of(key)).contains("/orders/by-key/" + escaped);
        assertThat(query.of(key)).contains("/orders?key=" + escaped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "..",
                "/",
                "a/b",
                "../../admin",
                "\\",
                "..\\admin",
                "%2e%2e",
                "%2E.",
                "a%2fb",
                "%5c",
                "..;a",
                ".;",
                ";a"
            })
    void whatAServerCouldTakeForAnotherPathIsNotAskedFor(String key) {
        assertThat(path.of(key)).isEmpty();
        assertThat(query.of(key)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/by/{key}/state, .., false",
        "/by/key-{key}, .., true",
        "/by/{key}.json, ., true",
        "/by/.{key}, ., false"
    })
    void aDotSegmentIsOneByItsPlace(String template, String key, boolean takes) {
        assertThat(new KeyPathTemplate(template).takes(key)).isEqualTo(takes);
    }
}

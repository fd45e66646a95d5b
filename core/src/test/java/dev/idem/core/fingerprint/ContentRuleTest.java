package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRuleTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final ContentRule URL = new ContentRule("/url", ContentRule.Kind.URL, MINUTE);
    private static final ContentRule TEXT = new ContentRule("/share/title", ContentRule.Kind.TEXT, MINUTE);

    private final Fingerprinter fingerprinter = new Fingerprinter(FingerprintRules.USUAL);

    @Test
    void whatSaysTheSameInTheFieldIsTheSameWhateverElseItSays() {
        assertThat(ofUrl("{\"url\":\"https://example.com/a\",\"note\":1}"))
                .isPresent()
                .isEqualTo(ofUrl("{\"note\":2,\"url\":\"HTTPS://EXAMPLE.com:443/a#x\"}"));
    }

    @Test
    void whatSaysSomethingElseThereIsAnother() {
        assertThat(ofUrl("{\"url\":\"https://example.com/a\"}"))
                .isNotEqualTo(ofUrl("{\"url\":\"https://example.com/b\"}"));
    }

    @Test
    void itIsNeverTakenForTheWholeBodysFingerprint() {
        FingerprintedRequest request = request("user:1", "{\"url\":\"https://example.com/a\"}");

        assertThat(fingerprinter.fingerprint(request, URL))
                .isNotEqualTo(Optional.of(fingerprinter.fingerprint(request)));
    }

    @Test
    void usersAreKeptApart() {
        String body = "{\"url\":\"https://example.com/a\"}";

        assertThat(fingerprinter.fingerprint(request("user:1", body), URL))
                .isNotEqualTo(fingerprinter.fingerprint(request("user:2", body), URL));
    }

    @Test
    void textIsComparedAsItIs() {
        assertThat(TEXT.valueIn("{\"share\":{\"title\":\"HTTP://A\"}}".getBytes(UTF_8)))
                .contains("HTTP://A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "\"url\"",
                "{\"url\":1}",
                "{\"url\":null}",
                "{\"url\":{\"url\":\"https://example.com/a\"}}",
                "{\"other\":{\"url\":\"https://example.com/a\"}}",
                "{\"url\":\"https://example.com/a\"",
                "{\"url\":\"https://example.com/a\"} x",
            })
    void aBodyWithoutSuchAStringHasNoContent(String body) {
        assertThat(ofUrl(body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "url, PT60S, policy.fingerprint.content.field",
        "/url, PT59S, policy.fingerprint.content.window",
        "/url, PT25H, policy.fingerprint.content.window"
    })
    void aWrongRuleIsNamed(String field, Duration window, String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContentRule(field, ContentRule.Kind.TEXT, window))
                .withMessageStartingWith(key);
    }

    private Optional<Fingerprint> ofUrl(String body) {
        return fingerprinter.fingerprint(request("user:1", body), URL);
    }

    private static FingerprintedRequest request(String scope, String body) {
        return new FingerprintedRequest(
                "POST", "/shares", null, new Scope(scope), "application/json", new TreeMap<>(), body.getBytes(UTF_8));
    }
}

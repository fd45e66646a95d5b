package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Members whose names have characters beyond U+FFFF. Some clients write these unescaped, others as two escapes, the
 * halves of a surrogate pair. Python's json module escapes them by default. Each text here has them unescaped, and
 * {@link #escaped} writes the escaped form.
 */
class SupplementaryNamesTest {
    private static final FingerprintRules IGNORING =
            new FingerprintRules(List.of("/😂", "/in/a😂b", "/lines/0/𐀀"), List.of());

    private final CanonicalJson json = new CanonicalJson(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"😂\":1}",
                "{\"😂\":1,\"b\":2,\"c\":3}",
                "{\"a\":1,\"😂\":2,\"c\":3}",
                "{\"a\":1,\"b\":2,\"😂\":3}",
                "{\"a😂\":1,\"😂b\":2,\"a😂b\":3,\"😂😂\":4,\"😂é€\":5}",
                "{\"a\":{\"b\":{\"😂\":{\"c\":1}}}}",
                "[0,[{\"😂\":[{\"😂\":1}]}],\"😂\"]",
                "{\"😂\":\"😂\"}",
                "{\"😂\":null,\"\":1,\"\\u0000\":2}",
                "{\"\ud800\udc00\":1,\"\ud800\udfff\":2,\"\udbff\udc00\":3,\"\udbff\udfff\":4}",
            })
    void theEscapedNameIsTheRawOne(String text) {
        assertThat(canonical(escaped(text))).isEqualTo(canonical(text));
    }

    /**
     * A parser reads names four bytes at a time, and reads short names, long names and names across its buffer in
     * different ways.
     */
    @Test
    void theEscapedNameIsTheRawOneWhereverItStandsAndHoweverLongItIs() {
        for (int before = 0; before < 70; before++) {
            for (int after = 0; after < 9; after++) {
                String text = "{\"" + "a".repeat(before) + "😂" + "b".repeat(after) + "\":1}";
                assertThat(canonical(escaped(text))).as(text).isEqualTo(canonical(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void theUnicodeEncodingDoesNotMatter(String charset) {
        String text = "{\"b\":1,\"a😂\":{\"😂\":2}}";

        assertThat(canonical(text, Charset.forName(charset)))
                .isEqualTo(canonical(escaped(text), Charset.forName(charset)))
                .isEqualTo(canonical(text));
    }

    @Test
    void anotherNameIsAnother() {
        List<String> forms = Stream.of(
                        "{\"😂\":1}",
                        "{\"😃\":1}",
                        "{\"😂😂\":1}",
                        "{\"\\\\ud83d\\\\ude02\":1}",
                        "{\"ud83dude02\":1}",
                        "{\"\":1}",
                        "{\"?\":1}",
                        "{\"\ufffd\":1}")
                .map(this::canonical)
                .toList();

        assertThat(forms).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"😂\":1,\"\\ud83d\\ude02\":2}|{\"\\uD83D\\uDE02\":1,\"😂\":2}",
                "{\"b\":0,\"\\ud83d\\ude02\":1,\"😂\":2}|{\"😂\":1,\"b\":0,\"😂\":2}",
            })
    void aNameThatIsThereTwiceKeepsItsOrderHoweverItIsWritten(String text, String other) {
        assertThat(canonical(text)).isEqualTo(canonical(other));
        assertThat(canonical("{\"😂\":1,\"\\ud83d\\ude02\":2}"))
                .isNotEqualTo(canonical("{\"\\ud83d\\ude02\":2,\"😂\":1}"));
    }

    @Test
    void namesAreSortedByTheirUnitsAndSurrogatesStandBeforeTheRestOfTheFirstPlane() {
        assertThat(canonical("{\"\ufb01\":5,\"😂\":4,\"𐀀\":3,\"€\":2,\"a\":1}"))
                .isEqualTo("{\"a\":1e0,\"€\":2e0,\"\\ud800\\udc00\":3e0,\"\\ud83d\\ude02\":4e0,\"\ufb01\":5e0}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"😂\":1,\"b\":[2]}|{ \"b\" : [ 2.0 ] , \"\\ud83d\\ude02\" : 1e0 }",
                "{\"a\":{\"😂\":{}}}|{\"\\u0061\":{\"\\uD83D\\uDE02\":{ }}}",
            })
    void aRepeatThatIsWrittenInAnotherWayIsTheSameRequest(String body, String repeat) {
        assertThat(fingerprint(FingerprintRules.USUAL, body)).isEqualTo(fingerprint(FingerprintRules.USUAL, repeat));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"item\":1,\"😂\":%s}",
                "{\"😂\":%s,\"item\":1}",
                "{\"item\":1,\"in\":{\"x\":2,\"a😂b\":%s}}",
                "{\"item\":1,\"lines\":[{\"𐀀\":%s,\"n\":1}]}",
            })
    void whatIsIgnoredByNameDoesNotMatter(String body) {
        Fingerprint one = fingerprint(IGNORING, String.format(body, "1"));

        assertThat(List.of(
                        fingerprint(IGNORING, String.format(body, "{\"😂\":[2]}")),
                        fingerprint(IGNORING, escaped(String.format(body, "2"))),
                        fingerprint(IGNORING, escaped(String.format(body, "{\"😂\":[1]}")))))
                .containsOnly(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"in\":{\"😂\":%s}}", "{\"😃\":%s}", "{\"lines\":[{},{\"𐀀\":%s}]}"})
    void whatIsElsewhereMattersStill(String body) {
        assertThat(fingerprint(IGNORING, escaped(String.format(body, "1"))))
                .isEqualTo(fingerprint(IGNORING, String.format(body, "1")))
                .isNotEqualTo(fingerprint(IGNORING, escaped(String.format(body, "2"))));
    }

    @Test
    void aFieldSaysByItselfWhatARequestWantsBesideSuchANameAndUnderOne() {
        Duration window = Duration.ofMinutes(10);
        ContentRule beside = new ContentRule("/url", ContentRule.Kind.TEXT, window);
        ContentRule under = new ContentRule("/a😂/url", ContentRule.Kind.TEXT, window);
        String text = "{\"😂\":1,\"url\":\"x\",\"a😂\":{\"😂\":[],\"url\":\"y\"}}";

        assertThat(beside.valueIn(escaped(text).getBytes(UTF_8)))
                .isEqualTo(beside.valueIn(text.getBytes(UTF_8)))
                .contains("x");
        assertThat(under.valueIn(escaped(text).getBytes(UTF_8)))
                .isEqualTo(under.valueIn(text.getBytes(UTF_8)))
                .contains("y");
    }

    /** The text with each surrogate as an escape. */
    private static String escaped(String text) {
        return text.chars()
                .mapToObj(unit -> Character.isSurrogate((char) unit)
                        ? String.format("\\u%04x", unit)
                        : Character.toString((char) unit))
                .collect(Collectors.joining());
    }

    private String canonical(String text) {
        return canonical(text, UTF_8);
    }

    private String canonical(String text, Charset charset) {
        return json.canonicalise(text.getBytes(charset))
                .map(form -> new String(form, UTF_8))
                .orElseThrow(() -> new AssertionError("is not accepted as JSON: " + text));
    }

    private static Fingerprint fingerprint(FingerprintRules rules, String body) {
        return new Fingerprinter(rules)
                .fingerprint(new FingerprintedRequest(
                        "POST",
                        "/orders",
                        null,
                        new Scope("user:1"),
                        "application/json",
                        new TreeMap<>(),
                        body.getBytes(UTF_8)));
    }
}

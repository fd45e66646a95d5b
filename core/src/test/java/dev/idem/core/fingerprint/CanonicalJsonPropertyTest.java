package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Scope;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CanonicalJsonPropertyTest {
    private static final List<Charset> CHARSETS =
            List.of(UTF_8, UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"));

    private final Fingerprinter fingerprinter = new Fingerprinter(FingerprintRules.USUAL);

    @Property(tries = 500)
    void anyReserialisationOfAValueHasTheSameFingerprint(@ForAll("values") JsonValue value, @ForAll Random random) {
        assertThat(fingerprint(value, random)).isEqualTo(fingerprint(value, random));
    }

    @Property(tries = 500)
    void anyChangedValueHasAnother(@ForAll("values") JsonValue value, @ForAll Random random) {
        assertThat(fingerprint(value.changed(random), random)).isNotEqualTo(fingerprint(value, random));
    }

    @Provide
    Arbitrary<JsonValue> values() {
        return nested(3);
    }

    private static Arbitrary<JsonValue> nested(int depth) {
        return depth == 0 ? scalars() : Arbitraries.oneOf(scalars(), elements(depth - 1), members(depth - 1));
    }

    private static Arbitrary<JsonValue> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.of("true", "false", "null").map(JsonValue.Literal::new),
                Arbitraries.bigDecimals().ofScale(20).map(JsonValue.Numeral::new),
                Arbitraries.longs().map(number -> new JsonValue.Numeral(BigDecimal.valueOf(number))),
                texts().map(JsonValue.Text::new));
    }

    private static Arbitrary<JsonValue> elements(int depth) {
        return nested(depth).list().ofMaxSize(4).map(JsonValue.Elements::new);
    }

    private static Arbitrary<JsonValue> members(int depth) {
        return Arbitraries.maps(texts(), nested(depth)).ofMaxSize(4).map(JsonValue.Members::new);
    }

    /** Strings of any characters, a few of them beyond U+FFFF. */
    private static Arbitrary<String> texts() {
        Arbitrary<String> supplementary = Arbitraries.integers()
                .between(Character.MIN_SUPPLEMENTARY_CODE_POINT, Character.MAX_CODE_POINT)
                .map(Character::toString);
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8),
                Arbitraries.oneOf(Arbitraries.strings().ofLength(1), supplementary)
                        .list()
                        .ofMaxSize(8)
                        .map(characters -> String.join("", characters)));
    }

    private Fingerprint fingerprint(JsonValue value, Random random) {
        return fingerprinter.fingerprint(new FingerprintedRequest(
                "POST",
                "/orders",
                null,
                new Scope("user:1"),
                "application/json",
                new TreeMap<>(),
                written(value.spelled(random), random)));
    }

    /** Encodes a text in one of JSON's encodings, most of them sometimes with a byte-order mark. */
    private static byte[] written(String text, Random random) {
        String mark = random.nextBoolean() ? "\ufeff" : "";
        return (mark + text).getBytes(CHARSETS.get(random.nextInt(CHARSETS.size())));
    }
}

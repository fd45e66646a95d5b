package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private final CanonicalJson json = new CanonicalJson(List.of());

    @Test
    void theOrderOfMembersDoesNotMatter() {
        assertThat(canonical("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}"))
                .isEqualTo(canonical("{\"b\":{\"d\":3,\"c\":2},\"a\":1}"));
    }

    @Test
    void whiteSpaceBetweenTokensDoesNotMatter() {
        assertThat(canonical("{\"a\":[1,2]}")).isEqualTo(canonical(" {\n\t\"a\" : [ 1 ,\r\n 2 ] } "));
    }

    @Test
    void whiteSpaceWithinAStringMatters() {
        assertThat(canonical("\"a b\"")).isNotEqualTo(canonical("\"ab\""));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"\\u00e9\",       \"é\"",
                "\"\\/\",           \"/\"",
                "\"\\u0041\",       \"A\"",
                "\"\\n\",           \"\\u000A\"",
                "\"\\u0022\",       \"\\\"\"",
                "\"\\ud83d\\ude00\", \"😀\"",
            })
    void anEscapeIsTheCharacterThatItStandsFor(String escaped, String written) {
        assertThat(canonical(escaped)).isEqualTo(canonical(written));
    }

    @Test
    void anEscapedMemberNameIsTheNameThatItStandsFor() {
        assertThat(canonical("{\"\\u0061\":1}")).isEqualTo(canonical("{\"a\":1}"));
    }

    @Test
    void aBackslashBeforeALetterIsNotTheEscapeOfThatLetter() {
        assertThat(canonical("\"\\\\n\"")).isNotEqualTo(canonical("\"\\n\""));
    }

    @Test
    void twoDifferentLoneSurrogatesStayDifferent() {
        assertThat(canonical("\"\\ud800\""))
                .isNotEqualTo(canonical("\"\\ud801\""))
                .isNotEqualTo(canonical("\"?\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e0", "1E+0", "10e-1", "0.1e1", "1.000"})
    void aNumberIsItsValueHoweverItIsWritten(String one) {
        assertThat(canonical(one)).isEqualTo(canonical("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0", "0.0", "0e7", "-0.00E-3"})
    void zeroIsZeroHoweverItIsWritten(String zero) {
        assertThat(canonical(zero)).isEqualTo(canonical("0"));
    }

    @ParameterizedTest
    @CsvSource({"9007199254740993,9007199254740992", "0.1,0.10000000000000001", "1,10", "1,-1", "1e400,1e401"})
    void numbersThatDifferInAnyDigitDiffer(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "1, \"1\"",
                "true, \"true\"",
                "null, \"null\"",
                "{}, []",
                "[], null",
                "[[]], []",
                "{\"a\":null}, {}"
            })
    void valuesOfDifferentTypesDiffer(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[1,2]|[2,1]", "[[1],[2]]|[[2],[1]]", "[[1,2]]|[[1],2]"})
    void theOrderAndTheNestingOfElementsMatter(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @Test
    void membersOfTheSameNameKeepTheirOrder() {
        assertThat(canonical("{\"b\":0,\"a\":1,\"a\":2}")).isEqualTo(canonical("{\"a\":1,\"a\":2,\"b\":0}"));
        assertThat(canonical("{\"a\":1,\"a\":2}")).isNotEqualTo(canonical("{\"a\":2,\"a\":1}"));
        assertThat(canonical("{\"a\":1,\"a\":2}")).isNotEqualTo(canonical("{\"a\":2}"));
    }

    /** Small objects are sorted in a different way from large ones. */
    @Test
    void membersAreSortedHoweverLargeTheirObjectIs() {
        for (int size = 0; size < 600; size++) {
            String text = "x".repeat(size);
            assertThat(canonical("{\"b\":\"" + text + "\",\"a\":{\"d\":[],\"c\":{}}}"))
                    .isEqualTo("{\"a\":{\"c\":{},\"d\":[]},\"b\":\"" + text + "\"}");
        }
    }

    /** Stored records have fingerprints of this form: changing it would lose them. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "12|12e0",
                "-120|-12e1",
                "12.50|125e-1",
                "0.050|5e-2",
                "-0.0|0",
                "100.00|1e2",
                "12e+3|12e3",
                "1.20E-30|12e-31",
                "9007199254740993|9007199254740993e0",
                "1e-2147483648|1e-2147483648",
                "[true,false,null]|[true,false,null]",
                "{\"b\":1,\"a\":[2,{}]}|{\"a\":[2e0,{}],\"b\":1e0}",
                "\"\\\"\\\\\\/\\u0001\u007f\"|\"\\\"\\\\/\\u0001\u007f\"",
                "\"é€😀\"|\"é€\\ud83d\\ude00\"",
                "{\"é\\n\":\"é\"}|{\"é\\u000a\":\"é\"}",
            })
    void theFormIsThis(String text, String form) {
        assertThat(canonical(text)).isEqualTo(form);
    }

    @Test
    void aByteOrderMarkDoesNotMatter() {
        assertThat(canonical("\ufeff{\"a\":1}")).isEqualTo(canonical("{\"a\":1}"));
    }

    @Test
    void theUnicodeEncodingDoesNotMatter() {
        assertThat(json.canonicalise("{\"a\":\"é\"}".getBytes(UTF_16BE)))
                .hasValueSatisfying(text -> assertThat(text).asString(UTF_8).isEqualTo("{\"a\":\"é\"}"));
    }

    @Test
    void nestingIsFollowedAsDeepAsTheBoundAndNoDeeper() {
        assertThat(json.canonicalise(nested(256))).isPresent();
        assertThat(json.canonicalise(nested(257))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1",
                "{\"a\"}",
                "{a:1}",
                "'a'",
                "01",
                "1 2",
                "{}x",
                "NaN",
                "+1",
                "tru",
                "\"\n\"",
            })
    void whatIsNotJsonHasNoCanonicalForm(String text) {
        assertThat(json.canonicalise(text.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void bytesThatAreNoUnicodeHaveNoCanonicalForm() {
        assertThat(json.canonicalise(new byte[] {'"', (byte) 0xe9, '"'})).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "100e2147483647", "0.001e-2147483647", "1e2147483648"})
    void aNumberBeyondAllExponentsIsNoFailure(String number) {
        assertThat(json.canonicalise(number.getBytes(UTF_8))).isEmpty();
    }

    private String canonical(String text) {
        return new String(json.canonicalise(text.getBytes(UTF_8)).orElseThrow(), UTF_8);
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "1" + "]".repeat(depth)).getBytes(UTF_8);
    }
}

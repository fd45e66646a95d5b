package dev.idem.core.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of RFC 8785 (JSON Canonicalization Scheme) for members, strings and literals. This form differs in three
 * points, which these tests show. Numbers keep every digit. Control characters have one escape, not a short one.
 * Surrogates stay escaped, so that different lone surrogates stay different.
 */
class JcsVectorsTest {
    private final CanonicalJson json = new CanonicalJson(List.of());

    /** Section 3.2.3: sorted by UTF-16 units, regardless of locale, plane and script. */
    @Test
    void membersAreSortedByTheUnitsOfTheirNames() {
        String text = """
                {
                  "\\u20bf": "Bitcoin",
                  "\\t": "Tabulator",
                  "\\ufb01": "Ligature",
                  "7": "Seven",
                  "\\ud834\\udd1e": "Clef",
                  "\\u009f": "Control",
                  "\\u00df": "Sharp S"
                }
                """;

        assertThat(canonical(text))
                .isEqualTo("{\"\\u0009\":\"Tabulator\",\"7\":\"Seven\",\"\u009f\":\"Control\",\"ß\":\"Sharp S\","
                        + "\"₿\":\"Bitcoin\",\"\\ud834\\udd1e\":\"Clef\",\"ﬁ\":\"Ligature\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Names are strings, even if they look like numbers; a prefix precedes the longer name; the empty name
                // comes first.
                "{\"56\":1,\"111\":2,\"9\":3,\"\":4}                | {\"\":4e0,\"111\":2e0,\"56\":1e0,\"9\":3e0}",
                "{\"ab\":1,\"b\":2,\"a\":3,\"B\":4,\"_\":5}         | {\"B\":4e0,\"_\":5e0,\"a\":3e0,\"ab\":1e0,\"b\":2e0}",
                "{\"peach\":1,\"péché\":2,\"pêche\":3,\"sin\":4}    | {\"peach\":1e0,\"péché\":2e0,\"pêche\":3e0,\"sin\":4e0}",
                "{\"a\u0301\":1,\"á\":2,\"az\":3}                   | {\"az\":3e0,\"a\u0301\":1e0,\"á\":2e0}",
                // Objects are sorted at any depth, elements of arrays never.
                "{\"b\":{\"d\":1,\"c\":{\"f\":2,\"e\":3}},\"a\":[]} | {\"a\":[],\"b\":{\"c\":{\"e\":3e0,\"f\":2e0},\"d\":1e0}}",
                "[56,{\"d\":true,\"10\":null,\"1\":[]}]             | [56e0,{\"1\":[],\"10\":null,\"d\":true}]",
                "{\"z\":[\"b\",\"a\",{\"y\":0,\"x\":0}]}            | {\"z\":[\"b\",\"a\",{\"x\":0,\"y\":0}]}",
                // White space and literals, section 3.2.1 and 3.2.2.1.
                "[ null , true , false , { } , [ ] ]                | [null,true,false,{},[]]",
            })
    void theStructureIsThis(String text, String form) {
        assertThat(canonical(text)).isEqualTo(form);
    }

    /** Section 3.2.2.2: characters that need no escape are written in UTF-8; Unicode is not normalised. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"\\u20bf%\\u0010\\u0009Z'\\u0059\\u0022\\u005c\\\\\\\"\\/\" | \"₿%\\u0010\\u0009Z'Y\\\"\\\\\\\\\\\"/\"",
                "\"\\b\\t\\n\\f\\r\"                | \"\\u0008\\u0009\\u000a\\u000c\\u000d\"",
                "\"\\u0008\\u0009\\u000A\\u000c\\u000D\" | \"\\u0008\\u0009\\u000a\\u000c\\u000d\"",
                "\"\\u0000\\u001F\\u0020\\u007f\\u0080\" | \"\\u0000\\u001f \u007f\u0080\"",
                "\"\\u2028\\u2029\\ufeff\\uffff\"   | \"\u2028\u2029\ufeff\uffff\"",
                "\"<\\u002f\\u003e&'\"              | \"</>&'\"",
                "\"\\u0041\\u030a\"                 | \"A\u030a\"",
                "\"\\u212b\"                        | \"\u212b\"",
                "\"\\ud834\\udd1e\\udbff\\udfff\"   | \"\\ud834\\udd1e\\udbff\\udfff\"",
                "\"𝄞\"                              | \"\\ud834\\udd1e\"",
            })
    void aStringIsWrittenThus(String text, String form) {
        assertThat(canonical(text)).isEqualTo(form);
    }

    /** Section 3.2.2.3 converts them to doubles, so that two amounts become one. Here they stay different. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9007199254740993|9007199254740992",
                "333333333.33333329|333333333.3333333",
                "1e-400|0",
                "1E400|1E401",
                "0.1000000000000000055511151231257827|0.1"
            })
    void numbersThatAreOneDoubleStayTwo(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4.50|45e-1",
                "2e-3|2e-3",
                "0.000000000000000000000000001|1e-27",
                "-0|0",
                "1E30|1e30",
                "1000000000000000000000|1e21"
            })
    void aNumberIsItsDigitsAndAPowerOfTen(String text, String form) {
        assertThat(canonical(text)).isEqualTo(form);
    }

    private String canonical(String text) {
        return new String(json.canonicalise(text.getBytes(UTF_8)).orElseThrow(), UTF_8);
    }
}

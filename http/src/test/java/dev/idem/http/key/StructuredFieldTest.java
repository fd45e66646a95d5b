package dev.idem.http.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key in double quotes is an item of a structured field, exactly as RFC 9651 defines it. */
class StructuredFieldTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"k\"               | k",
                "\"a b\"             | a b",
                "\"a,b;c=d\"         | a,b;c=d",
                "\"a\\\\b\"          | a\\b",
                "\"a\\\"b\"          | a\"b",
                "\"\\\\\\\"\"        | \\\"",
                "\"~!#$%&'()*+/:\"   | ~!#$%&'()*+/:",
            })
    void aStringIsRead(String line, String key) {
        assertThat(read(KeySyntax.QUOTED, line)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"k", "\"", "k\"", "'k'", "\"k\"\"", "\"k\"k", "\"k\" k", "\"k\\\"", "\"\\k\"", "\"k\\",
                        "\"k\\\u00e4\"",
                "\"k\u0000\"", "\"k\n\"", "\"k\u007f\"", "\"k\u00e4\"", "\"k\"\u00a0", "k", "*k", "?1", "42", ":aw==:",
                        "(\"k\")",
                "@1", "%\"k\"", "k=\"k\"", ";\"k\"",
            })
    void whatIsNoStringIsRefused(String line) {
        assertRefused(KeySyntax.QUOTED, line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";a",
                ";a;b",
                "; a",
                ";   a",
                ";a;a",
                ";*",
                ";*a",
                ";a1_-.*",
                ";abcdefghijklmnopqrstuvwxyz0123456789",
                ";a=1;b",
                ";a;b=1; c=2",
            })
    void aParametersNameIsInLowerCase(String parameters) {
        assertTaken(parameters);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                "; ",
                ";;",
                ";;a",
                ";=1",
                ";A",
                ";A=1",
                ";aA",
                ";1",
                ";1a",
                ";-a",
                ";_a",
                ";.a",
                ";\ta",
                ";a ;b",
                " ;a",
                ";a =1",
                ";a= 1",
                ";a=",
                ";a==1",
                ";a=1=1",
                ";a;",
                ";a=1;",
                ";\"a\"",
                ";a\u00e4",
                ";a b",
                ";a,",
                ";a&b",
                "a",
            })
    void whatIsNoParameterIsRefused(String parameters) {
        assertMalformed(parameters);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // integers and decimals
                "0",
                "-0",
                "42",
                "-42",
                "007",
                "999999999999999",
                "-999999999999999",
                "1.5",
                "-1.5",
                "0.0",
                "1.125",
                "999999999999.999",
                "-999999999999.999",
                // strings
                "\"\"",
                "\"a\"",
                "\"a,b;c\"",
                "\"\\\"\\\\\"",
                // tokens
                "a",
                "A",
                "*",
                "*a",
                "a1",
                "a:b/c",
                "A!#$%&'*+-.^_`|~",
                "https://example.com/a",
                // bytes: padding is optional, and its bits are free
                "::",
                ":aGVsbG8=:",
                ":aGVsbG8:",
                ":aGVsbG9=:",
                ":/+Ah:",
                ":iZ==:",
                // booleans
                "?0",
                "?1",
                // dates
                "@0",
                "@-1",
                "@1659578233",
                // display strings
                "%\"\"",
                "%\"a b\"",
                "%\"f%c3%bc%c3%bc\"",
                "%\"%e2%82%ac, %f0%9f%98%80\"",
                "%\"%25%22\"",
                "%\"\\\"",
            })
    void aValueIsABareItemOfAnyType(String value) {
        assertTaken(";p=" + value);
        assertTaken(";p=" + value + ";q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "--1",
                "+1",
                "1000000000000000",
                "-1000000000000000",
                "1.",
                ".5",
                "-.5",
                "1.2345",
                "1000000000000.1",
                "1..2",
                "1.5.1",
                "1e5",
                "1a",
                "0x1",
                "-a",
                "\"",
                "\"a",
                "\"\\a\"",
                "\"\u00e4\"",
                "\"\t\"",
                "'a'",
                "!a",
                "a\"",
                "a(b)",
                "a@b",
                "a\u00e4",
                "[a]",
                "{a}",
                "(a)",
                "/a",
                ":",
                ":aGVsbG8=",
                ":aGVs bG8=:",
                ":aGVsb*8=:",
                ":a:",
                ":=aGVs:",
                ":aG-_:",
                ":a===:",
                "?",
                "?2",
                "?01",
                "?true",
                "?-0",
                "@",
                "@1.5",
                "@a",
                "@1659578233.",
                "@@1",
                "@ 1",
                "%",
                "%a",
                "%\"",
                "%\"a",
                "%\"%\"",
                "%\"%c\"",
                "%\"%C3%BC\"",
                "%\"%g0\"",
                "%\"%c3\"",
                "%\"%ff\"",
                "%\"%ed%a0%80\"",
                "%\"\u00fc\"",
                "%\"\t\"",
                "% \"a\"",
            })
    void whatIsNoBareItemIsRefused(String value) {
        assertMalformed(";p=" + value);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySyntax.class,
            names = {"ANY", "QUOTED"})
    void aHeaderThatAProxyHasJoinedIsReadItemByItem(KeySyntax form) {
        assertThat(read(form, "\"k\";a=\"x, y\" ,\t\"k\"; b=1,\"k\"")).isEqualTo("k");
        assertRefused(form, "\"k\",\"l\"");
        assertRefused(form, "\"k\",");
        assertRefused(form, ",\"k\"");
        assertRefused(form, "\"k\",,\"k\"");
        assertRefused(form, "\"k\",k");
        assertRefused(form, "\"k\";a,\"k\";A");
        assertRefused(form, "\"k\";a=b c,\"k\"");
    }

    /** With any required syntax, and at any position. */
    private static void assertTaken(String parameters) {
        assertThat(read(KeySyntax.QUOTED, "\"k\"" + parameters)).isEqualTo("k");
        assertThat(read(KeySyntax.ANY, "\"k\"" + parameters)).isEqualTo("k");
        assertThat(read(KeySyntax.ANY, "\"k\", \"k\"" + parameters)).isEqualTo("k");
    }

    private static void assertMalformed(String parameters) {
        assertRefused(KeySyntax.QUOTED, "\"k\"" + parameters);
        assertRefused(KeySyntax.ANY, "\"k\"" + parameters);
        assertRefused(KeySyntax.ANY, "\"k\", \"k\"" + parameters);
    }

    private static String read(KeySyntax form, String line) {
        return IdempotencyKeyHeader.read(List.of(line), rules(form)).orElseThrow();
    }

    private static void assertRefused(KeySyntax form, String line) {
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> IdempotencyKeyHeader.read(List.of(line), rules(form)))
                .satisfies(refused -> assertThat(refused.getMessage()).matches("[ -~]+\\."));
    }

    private static KeyPolicy rules(KeySyntax form) {
        return new KeyPolicy(
                IdempotencyKeyHeader.NAME, new KeySource.Header(), false, KeyFormat.ANY, form, KeyScope.USER, 422);
    }
}

package dev.idem.http.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyHeaderTest {
    private static final String UUID = "8e03978e-40d5-43dd-bc93-6894a57f9324";
    private static final KeyPolicy ANY = KeyPolicy.of(KeyFormat.ANY);

    @Test
    void aRequestWithoutTheHeaderHasNoKey() {
        assertThat(IdempotencyKeyHeader.read(null, ANY)).isEmpty();
        assertThat(read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-1",
                "\"order-1\"",
                "  order-1\t",
                " \"order-1\" ",
                "\"order-1\";p",
                "\"order-1\";p=1; q=\"a,b\"",
                "\"order-1\";p=\"\\\"\"",
                "\"order-1\",\"order-1\"",
                "\"order-1\";p=1 ,\t\"order-1\";p=2",
            })
    void allFormsOfAKeyNameTheSameKey(String line) {
        assertThat(read(line)).hasValue("order-1");
    }

    @Test
    void aRepeatedLineIsTakenOnce() {
        assertThat(read("order-1", "\"order-1\"", "order-1")).hasValue("order-1");
    }

    @Test
    void whatIsQuotedMayHaveSpacesAndCommas() {
        assertThat(read("\" a, b \"")).hasValue(" a, b ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"\"a\\\"b\"|a\"b", "\"a\\\\b\"|a\\b", "\"\\\"\"|\"", "a\"b|a\"b", "a\\b|a\\b", "a;b=c|a;b=c"})
    void onlyInTheQuotedFormABackslashEscapes(String line, String key) {
        assertThat(read(line)).hasValue(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a1|a1",
                "a\"b|a\"b",
                "a\\b|a\\b",
                "a b|\"a b\"",
                "a, b|\"a, b\"",
                " |\" \"",
                "\"q\"|\"\\\"q\\\"\"",
                "\\,|\"\\\\,\""
            })
    void aKeyIsWrittenInQuotesWhereItCannotBeBare(String key, String line) {
        assertThat(IdempotencyKeyHeader.written(key)).isEqualTo(line);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameKey() {
        for (char first = ' '; first <= '~'; first++) {
            for (char second = ' '; second <= '~'; second++) {
                String key = "" + first + second;
                assertThat(read(IdempotencyKeyHeader.written(key))).hasValue(key);
                assertThat(read(IdempotencyKeyHeader.written(key + "x" + key))).hasValue(key + "x" + key);
            }
        }
    }

    @Test
    void aKeyHasUpTo255Characters() {
        assertThat(read("k".repeat(255))).hasValue("k".repeat(255));
        assertThat(read('"' + "k".repeat(254) + "\\\"\"")).hasValue("k".repeat(254) + '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``              | empty",
                "`  `            | empty",
                "\"\"            | empty",
                "\"\";p=1        | empty",
                "a,b             | comma",
                "a,a             | comma",
                "a b             | space",
                "a\tb            | space",
                "ключ            | not printable ASCII",
                "\"clé\"         | not printable ASCII",
                "\"a\tb\"        | not printable ASCII",
                "\"a             | closing double quote is missing",
                "\"a\\\"         | closing double quote is missing",
                "\"              | closing double quote is missing",
                "\"a\";p=\"      | closing double quote is missing",
                "\"a\\n\"        | backslash",
                "\"a\\           | backslash",
                "\"a\"b          | follows the closing double quote",
                "\"a\" \"a\"     | follows the closing double quote",
                "\"a\" ;p        | follows the closing double quote",
                "\"a\";         | parameter's name",
                "\"a\";=1       | parameter's name",
                "\"a\";A=1      | parameter's name",
                "\"a\";p,\"a\"; | parameter's name",
                "\"a\";p=       | has a value that is not valid",
                "\"a\";p=1.5.5  | follows the closing double quote",
                "\"a\",          | follows a comma",
                "\"a\",a         | follows a comma",
                "\"a\",,\"a\"    | follows a comma",
                "\"a\",\"b\"     | several different keys",
            })
    void aMalformedLineIsRefusedAndTheMessageSaysWhy(String line, String why) {
        assertRefused(why, ANY, line);
    }

    @ParameterizedTest
    @ValueSource(chars = {0, 7, '\n', '\r', 0x1f, 0x7f, 0x80, 0xa0, 0xff})
    void noControlAndNoNonAsciiCharacterIsTaken(char c) {
        assertRefused("not printable ASCII", ANY, "a" + c + "b");
        assertRefused("not printable ASCII", ANY, "\"a" + c + "b\"");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\n', '\r', 0x0b, 0x0c, 0x1c, 0x1f, 0x2003})
    void onlySpacesAndTabsAroundAKeyAreLeftOut(char c) {
        assertRefused("not printable ASCII", ANY, c + "a");
        assertRefused("not printable ASCII", ANY, "a" + c);
        assertRefused("follows the closing double quote", ANY, "\"a\"" + c);
    }

    @Test
    void aKeyOf256CharactersIsRefused() {
        assertRefused("has 256 characters", ANY, "k".repeat(256));
        assertRefused("has 256 characters", ANY, '"' + "k".repeat(256) + '"');
    }

    @Test
    void differentKeysInSeveralLinesAreRefused() {
        assertRefused("several different keys", ANY, "a", "b");
        assertRefused("several different keys", ANY, "a", "\"A\"");
        assertRefused("several different keys", ANY, "a", "");
    }

    @Test
    void aUuidIsTakenInBothFormsWhereUuidsAreAskedFor() {
        assertThat(IdempotencyKeyHeader.read(List.of(UUID), KeyPolicy.DEFAULT)).hasValue(UUID);
        assertThat(IdempotencyKeyHeader.read(List.of('"' + UUID + '"'), KeyPolicy.DEFAULT))
                .hasValue(UUID);
    }

    @Test
    void anythingElseIsRefusedWhereUuidsAreAskedFor() {
        assertRefused("must be a UUID such as " + UUID, KeyPolicy.DEFAULT, "order-1");
    }

    @ParameterizedTest
    @CsvSource({"QUOTED, a, must be in double quotes", "BARE, '\"a\"', in double quotes"})
    void aKeyInTheOtherFormIsRefusedWhereOneIsAskedFor(KeySyntax form, String line, String why) {
        assertRefused(why, inForm(form), line);
    }

    @ParameterizedTest
    @CsvSource({"BARE, a", "QUOTED, '\"a\"'"})
    void aKeyInTheFormThatIsAskedForIsTaken(KeySyntax form, String line) {
        assertThat(IdempotencyKeyHeader.read(List.of(line), inForm(form))).hasValue("a");
    }

    @Test
    void theMessageDoesNotRepeatTheKey() {
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> IdempotencyKeyHeader.read(List.of("secret-1"), KeyPolicy.DEFAULT))
                .withMessageNotContaining("secret");
    }

    private static KeyPolicy inForm(KeySyntax form) {
        return new KeyPolicy(
                IdempotencyKeyHeader.NAME, new KeySource.Header(), false, KeyFormat.ANY, form, KeyScope.USER, 422);
    }

    private static Optional<String> read(String... lines) {
        return IdempotencyKeyHeader.read(List.of(lines), ANY);
    }

    private static void assertRefused(String why, KeyPolicy rules, String... lines) {
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> IdempotencyKeyHeader.read(List.of(lines), rules))
                .withMessageContaining(why);
    }
}

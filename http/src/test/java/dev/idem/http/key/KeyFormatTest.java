package dev.idem.http.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormatTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8e03978e-40d5-43dd-bc93-6894a57f9324",
                "8E03978E-40D5-43DD-BC93-6894A57F9324",
                "01890a5d-ac96-774b-bcce-b302099a8057",
                "00000000-0000-0000-0000-000000000000",
            })
    void aUuidOfAnyVersionInAnyCaseIsAUuid(String key) {
        assertThat(KeyFormat.UUID.accepts(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "order-1",
                "8e03978e40d543ddbc936894a57f9324",
                "{8e03978e-40d5-43dd-bc93-6894a57f9324}",
                "urn:uuid:8e03978e-40d5-43dd-bc93-6894a57f9324",
                "8e03978e-40d5-43dd-bc93-6894a57f932",
                "8e03978e-40d5-43dd-bc93-6894a57f93244",
                "8e03978e-40d5-43dd-bc93-6894a57f932g",
                "8e03978e-40d5-43dd-bc93-6894a57f9324\n",
                "1-1-1-1-1",
            })
    void anythingElseIsNoUuid(String key) {
        assertThat(KeyFormat.UUID.accepts(key)).isFalse();
    }

    @Test
    void anExpressionIsMatchedAgainstTheWholeKey() {
        KeyFormat orders = KeyFormat.of("^ord-[0-9]{1,8}$");

        assertThat(orders.accepts("ord-17")).isTrue();
        assertThat(orders.accepts("ord-17x")).isFalse();
        assertThat(orders.accepts("an ord-17")).isFalse();
        assertThat(orders.description()).contains("^ord-[0-9]{1,8}$");
        assertThat(orders).isEqualTo(KeyFormat.of("^ord-[0-9]{1,8}$"));
    }

    @Test
    @Timeout(10) // one that tries every way to split the key would still be at it after the sun has set
    void anExpressionWrittenWithoutCareTakesNoLongerThanAnother() {
        assertThat(KeyFormat.of("^(a+)+$").accepts("a".repeat(254) + '!')).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ulid", "ord-.*", "^(unclosed$", "^(a)\\1$"})
    void whatIsNoFormatIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyFormat.of(text))
                .withMessageStartingWith("policy.keyFormat must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uuid", "UUID", "any"})
    void aFormatMayBeNamed(String name) {
        assertThat(KeyFormat.of(name)).isIn(KeyFormat.UUID, KeyFormat.ANY);
    }

    @Test
    void anyTakesAllPrintableCharacters() {
        assertThat(KeyFormat.ANY.accepts("order 1; \"quoted\" ~")).isTrue();
    }
}

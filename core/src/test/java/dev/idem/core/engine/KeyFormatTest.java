package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
    void anyTakesAllPrintableCharacters() {
        assertThat(KeyFormat.ANY.accepts("order 1; \"quoted\" ~")).isTrue();
    }
}

package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminConfigurationTest {
    @Test
    void nothingIsAskedForUnlessItIsSet() {
        assertThat(new AdminConfiguration(null, null).requiredToken()).isEmpty();
        assertThat(new AdminConfiguration(" ", "").requiredToken()).isEmpty();
        assertThat(new AdminConfiguration(null, " ,").knownHosts()).isEmpty();
    }

    @Test
    void namesAreComparedInLowerCase() {
        assertThat(new AdminConfiguration(null, "Idem.Example , b").knownHosts())
                .containsExactly("idem.example", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "fifteen-letters", "sixteen letters !", "ünprintable-letters"})
    void aTokenThatIsEasilyGuessedOrCannotBeSentIsRefusedAndNotShown(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdminConfiguration(token, null))
                .withMessageContaining("admin.token (ADMIN_TOKEN)")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a", "a:3002", "a b", "*.example"})
    void whatIsNoNameOfAHostIsRefused(String hosts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdminConfiguration(null, hosts))
                .withMessageContaining("admin.hosts (ADMIN_HOSTS)");
    }

    @Test
    void theTokenIsNotInItsText() {
        assertThat(new AdminConfiguration("0123456789abcdef", "a")).asString().doesNotContain("0123456789abcdef");
    }
}

package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisConfigurationTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "idem:", "cell-7/eu|"})
    void aPrefixIsTakenAsItIs(String prefix) {
        assertThat(new RedisConfiguration(null, null, prefix, null, null, null).keyPrefixOrDefault())
                .isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{a}", "a b", "ä", "a\n", "12345678901234567890123456789012345678901234567890123456789012345"})
    void aPrefixThatWouldMoveRecordsOrCannotBeWrittenIsRefused(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RedisConfiguration(null, null, prefix, null, null, null))
                .withMessageContaining("redis.keyPrefix must be at most 64 visible ASCII characters");
    }
}

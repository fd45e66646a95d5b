package dev.idem.redis.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.exceptions.JedisBroadcastException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

final class RedisFailuresTest {
    static Stream<RuntimeException> ofAServerThatCannotServe() {
        return Stream.of(
                new JedisConnectionException("no route"),
                new JedisBroadcastException(),
                new JedisDataException("LOADING Redis is loading the dataset in memory"),
                new JedisDataException("ERR Error running script (call to f_1): -OOM command not allowed"));
    }

    @ParameterizedTest
    @MethodSource("ofAServerThatCannotServe")
    void aServerThatCannotServeIsUnavailable(RuntimeException failure) {
        assertThatThrownBy(() -> RedisFailures.translate("redis", () -> {
                    throw failure;
                }))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            READONLY You can't write against a read only replica.        | READ_ONLY
            OOM command not allowed when used memory > 'maxmemory'.      | FULL
            MISCONF Redis is configured to save RDB snapshots            | FULL
            ERR max number of clients reached                            | FULL
            NOAUTH Authentication required.                              | AUTHENTICATION
            WRONGPASS invalid username-password pair                     | AUTHENTICATION
            ERR AUTH <password> called without any password configured   | AUTHENTICATION
            NOPERM this user has no permissions                          | PERMISSION
            LOADING Redis is loading the dataset in memory               | OTHER
            ERR This instance has cluster support disabled               | WRONG_SERVER
            """)
    void anErrorReplySaysWhy(String reply, UnavailableReason reason) {
        assertThatThrownBy(() -> RedisFailures.translate("redis", () -> {
                    throw new JedisDataException(reply);
                }))
                .isInstanceOfSatisfying(StoreUnavailableException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(reason);
                    assertThat(failure.advice()).contains("REDIS_URL");
                });
    }

    @Test
    void aMistakeOfOursIsNotHidden() {
        JedisDataException mistake = new JedisDataException("WRONGTYPE Operation against a key");

        assertThatThrownBy(() -> RedisFailures.translate("redis", () -> {
                    throw mistake;
                }))
                .isSameAs(mistake);
    }
}

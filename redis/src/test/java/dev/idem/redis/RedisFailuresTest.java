package dev.idem.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.store.StoreUnavailableException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void aMistakeOfOursIsNotHidden() {
        JedisDataException mistake = new JedisDataException("WRONGTYPE Operation against a key");

        assertThatThrownBy(() -> RedisFailures.translate("redis", () -> {
                    throw mistake;
                }))
                .isSameAs(mistake);
    }
}

package dev.idem.redis.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisBroadcastException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

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
            Timeout waiting for idle object, borrowMaxWaitDuration=PT0.25S | BUSY
            Pool exhausted                                                 | BUSY
            Unable to validate object                                      | OTHER
            Unable to activate object                                      | OTHER
            """)
    void aPoolThatIsInUseSaysNothingOfTheServer(String why, UnavailableReason reason) {
        JedisException ofPool =
                new JedisException("Could not get a resource from the pool", new NoSuchElementException(why));

        assertThat(reasonOf(ofPool)).isEqualTo(reason);
        assertThat(reasonOf(new JedisConnectionException("no reply", ofPool))).isEqualTo(reason);
    }

    /** As Jedis has it if the first host of a cluster refuses the user. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WRONGPASS invalid username-password pair or user is disabled. | AUTHENTICATION | password
            NOAUTH HELLO must be called with the client authenticated     | AUTHENTICATION | password
            NOPERM this user has no permissions to run the 'cluster' command | PERMISSION     | ACL
            ERR max number of clients reached                             | FULL           | maxclients
            ERR This instance has cluster support disabled                | WRONG_SERVER   | redis.mode (REDIS_MODE) to standalone
            """)
    void aClusterWhoseHostsCannotBeAskedSaysWhy(String reply, UnavailableReason reason, String advice) {
        JedisClusterOperationException ofCluster =
                new JedisClusterOperationException("Could not initialize cluster slots cache.");
        ofCluster.addSuppressed(new JedisAccessControlException(reply));

        for (JedisException failure : List.of(ofCluster, new JedisException("wrapped", ofCluster))) {
            assertThatThrownBy(() -> RedisFailures.translateOpening("redis", () -> {
                        throw failure;
                    }))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, unavailable -> {
                        assertThat(unavailable.reason()).isEqualTo(reason);
                        assertThat(unavailable.advice()).contains(advice);
                    });
        }
    }

    private static UnavailableReason reasonOf(JedisException failure) {
        try {
            return RedisFailures.translate("redis", () -> {
                throw failure;
            });
        } catch (StoreUnavailableException e) {
            return e.reason();
        }
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
            NOREPLICAS Not enough good replicas to write.                | OTHER
            CLUSTERDOWN Hash slot not served                             | OTHER
            ERR This instance has cluster support disabled               | WRONG_SERVER
            MOVED 3999 127.0.0.1:6381                                    | WRONG_SERVER
            WRONGTYPE Operation against a key holding the wrong kind     | FOREIGN_KEY
            ERR Error running script (call to f_1): @user_script:4: WRONGTYPE Operation | FOREIGN_KEY
            ERR Error running script (call to f_1): @user_script:4: @user_script: 4: -OOM command not allowed when used memory | FULL
            ERR DB index is out of range                                 | OTHER
            ERR SELECT is not allowed in cluster mode                    | OTHER
            @user_script: 3: -MISCONF Redis is configured to save        | FULL
            ERR unknown command `EVAL`, with args beginning with: `a`    | PERMISSION
            ERR The user executing the script can't access the keys      | PERMISSION
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ERR unknown command `SCAN`, with args beginning with: `0`, `idem:{0}:rec:a-key`,      | SCAN
            ERR unknown command 'evalsha', with args beginning with: 'abc' '2' 'a-key get'        | EVALSHA
            NOPERM this user has no permissions to run the 'hset' command or its subcommand       | HSET
            NOPERM User ann has no permissions to run the 'client setname' command                | CLIENT
            ERR 'EVAL' command is not allowed                                                     | EVAL
            ERR Command is not available: 'SCAN'. See the manual                                  | SCAN
            ERR unsupported command: EVALSHA                                                      | EVALSHA
            """)
    void aForbiddenCommandIsNamedAndNoKey(String reply, String command) {
        assertThatThrownBy(() -> RedisFailures.translate("redis", () -> {
                    throw new JedisDataException(reply);
                }))
                .isInstanceOfSatisfying(StoreUnavailableException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(UnavailableReason.PERMISSION);
                    assertThat(failure.why()).isEqualTo("the server does not allow the command " + command);
                });
    }

    /** A server that expects TLS may wait for more, or hang up, when it reads a plain command. */
    @Test
    void silenceAndAHangUpAskForTheSchemeOfTheUrl() {
        for (JedisConnectionException failure : List.of(
                new JedisConnectionException(new SocketTimeoutException("Read timed out")),
                new JedisConnectionException("Unexpected end of stream."))) {
            assertThatThrownBy(() -> RedisFailures.translate("redis", () -> {
                        throw failure;
                    }))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class, unavailable -> assertThat(unavailable.advice())
                                    .contains("rediss:// if the server expects TLS, and with redis:// if not"));
        }
    }

    /** The second says nothing of whose value it is. */
    @ParameterizedTest
    @ValueSource(strings = {"ERR wrong number of arguments", "ERR value is not an integer or out of range"})
    void aMistakeOfOursIsNotHidden(String reply) {
        JedisDataException mistake = new JedisDataException(reply);

        assertThatThrownBy(() -> RedisFailures.translate("redis", () -> {
                    throw mistake;
                }))
                .isSameAs(mistake);
    }
}

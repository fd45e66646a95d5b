package dev.idem.redis.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.connect.Credentials;
import dev.idem.redis.connect.RedisTarget.External;
import dev.idem.redis.connect.RedisTarget.Mode;
import dev.idem.redis.tls.TlsFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisTargetTest {

    @Test
    void theWordEmbeddedIsACaseOfItsOwn() {
        assertThat(RedisTarget.parse("embedded", null)).isEqualTo(new RedisTarget.Embedded());
    }

    @Test
    void aServerNeedsNoMoreThanAHost() {
        External target = external("redis://cache_1", null);

        assertThat(target.nodes()).containsExactly(new HostAndPort("cache_1", 6379));
        assertThat(target.mode()).isEqualTo(Mode.STANDALONE);
        assertThat(target.database()).isZero();
        assertThat(target.tls()).isEmpty();
        assertThat(target.credentials()).isEqualTo(Credentials.NONE);
    }

    @Test
    void everyPartOfAUrlIsRead() {
        External target = external("rediss://idem:p%40ss%3A+%2C@redis.example.com:6390/3", "standalone");

        assertThat(target.nodes()).containsExactly(new HostAndPort("redis.example.com", 6390));
        assertThat(target.credentials()).isEqualTo(new Credentials("idem", "p@ss:+,"));
        assertThat(target.database()).isEqualTo(3);
        assertThat(target.tls()).contains(TlsFiles.NONE);
    }

    @Test
    void aPasswordWithoutAUserIsTheDefaultUsers() {
        assertThat(external("redis://:secret@localhost", null).credentials())
                .isEqualTo(new Credentials(null, "secret"));
    }

    @Test
    void anIpv6AddressKeepsItsColons() {
        assertThat(external("redis://[::1]:6380", null).nodes()).containsExactly(new HostAndPort("[::1]", 6380));
        assertThat(external("redis://[::1]", null).nodes()).containsExactly(new HostAndPort("[::1]", 6379));
    }

    @Test
    void aClusterIsNamedByAnyOfItsNodes() {
        External target = external("redis://a:7000, redis://u:p@b:7001,redis://c:7002", "Cluster");

        assertThat(target.mode()).isEqualTo(Mode.CLUSTER);
        assertThat(target.nodes())
                .containsExactly(new HostAndPort("a", 7000), new HostAndPort("b", 7001), new HostAndPort("c", 7002));
        assertThat(target.credentials()).isEqualTo(new Credentials("u", "p"));
    }

    @Test
    void sentinelsWatchAMasterThatHasAName() {
        External target =
                external("redis://:data@s1,redis://s2:26380/2?master=mymaster&sentinelPassword=watch", "sentinel");

        assertThat(target.nodes()).containsExactly(new HostAndPort("s1", 26379), new HostAndPort("s2", 26380));
        assertThat(target.master()).contains("mymaster");
        assertThat(target.credentials()).isEqualTo(new Credentials(null, "data"));
        assertThat(target.sentinelCredentials()).isEqualTo(new Credentials(null, "watch"));
        assertThat(target.database()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://u:hunter2@h:1/4                               |            | redis://h:1/4",
                "rediss://u:hunter2@a:1,rediss://b:2                   | cluster    | rediss://a:1,rediss://b:2 (cluster)",
                "redis://u:hunter2@a:1?master=m&sentinelPassword=hunter2 | sentinel | redis://a:1?master=m (sentinel)"
            })
    void aDescriptionHasEverythingButPasswords(String url, @Nullable String mode, String description) {
        External target = external(url, mode);

        assertThat(target.describe()).isEqualTo(description);
        assertThat(target.toString()).doesNotContain("hunter2");
        assertThat(target.credentials().toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                 |          | redis.url  | not a URL",
                "localhost:6379                     |          | redis.url  | not a URL",
                "http://localhost                   |          | redis.url  | redis://",
                "redis://:6379                      |          | redis.url  | names no host",
                "redis://u:hunter2@h:6379x          |          | redis.url  | port",
                "redis://h:70000                    |          | redis.url  | 1 to 65535",
                "redis://u:hunter2/x@h              |          | redis.url  | %2F",
                "redis://u:hunter2#x@h              |          | redis.url  | %23",
                "redis://u:hunter2%zz@h             |          | redis.url  | percent-encoded",
                "redis://u:hunter2 x@h              |          | redis.url  | percent-encoded",
                "redis://h/first                    |          | redis.url  | database",
                "redis://h?timeout=3                |          | redis.url  | query parameter",
                "redis://a,redis://b                |          | redis.mode | several nodes",
                "redis://a,b                        | cluster  | redis.url  | not a URL",
                "redis://a,rediss://b               | cluster  | redis.url  | same for all",
                "redis://u:hunter2@a,redis://v:w@b  | cluster  | redis.url  | same for all",
                "redis://a/1                        | cluster  | redis.url  | database 0",
                "redis://a                          | sentinel | redis.url  | ?master=NAME",
                "redis://a?master=m                 |          | redis.url  | ?master=NAME",
                "redis://u:hunter2@a                | ring     | redis.mode | standalone, cluster or sentinel",
                "embedded                           | cluster  | redis.mode | standalone"
            })
    void aMistakeIsNamedWithItsSettingAndWithoutThePassword(
            String url, @Nullable String mode, String setting, String complaint) {
        assertThatThrownBy(() -> RedisTarget.parse(url, mode))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(setting)
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis.url (REDIS_URL)", "it should be embedded, redis://"})
    void aMessageSaysWhereTheSettingIsAndWhatItShouldBe(String part) {
        assertThatThrownBy(() -> RedisTarget.parse("nonsense", null)).hasMessageContaining(part);
    }

    private static External external(String url, @Nullable String mode) {
        return (External) RedisTarget.parse(url, mode);
    }
}

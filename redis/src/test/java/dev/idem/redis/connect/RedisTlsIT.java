package dev.idem.redis.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.redis.tls.TlsFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.UnifiedJedis;

/** Redis that has a certificate of a private authority and asks for one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls start
final class RedisTlsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private Path directory;
    private Certificates certificates;
    private TlsServers servers;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        directory = given;
        certificates = new Certificates(directory)
                .authority("ours")
                .authority("others")
                .signedBy("ours", "server", "-ext", "san=ip:127.0.0.1")
                .signedBy("ours", "client")
                .signedBy("others", "stranger");
        servers = new TlsServers(
                directory,
                List.of(
                        "tls-ca-cert-file " + certificates.certificate("ours"),
                        "tls-cert-file " + certificates.certificate("server"),
                        "tls-key-file " + certificates.key("server"),
                        "tls-auth-clients yes",
                        "tls-replication yes"));
    }

    @AfterAll
    void stop() throws Exception {
        servers.close();
    }

    private TlsFiles files(String authority, String client) {
        return new TlsFiles(
                certificates.certificate(authority), certificates.certificate(client), certificates.key(client));
    }

    private static UnifiedJedis open(String url, String mode, TlsFiles files) {
        return RedisConnections.open((RedisTarget.External) RedisTarget.parse(url, mode, files), TIMEOUT);
    }

    private static StoreUnavailableException failure(String url, TlsFiles files) {
        try (UnifiedJedis redis = open(url, "standalone", files)) {
            return catchThrowableOfType(
                    StoreUnavailableException.class, () -> RedisFailures.translate("redis", redis::ping));
        }
    }

    @Test
    void aServerAClusterAndASentinelAreUsedWithTheThreeFiles() {
        TlsFiles ours = files("ours", "client");
        try (UnifiedJedis server = open(servers.url(), "standalone", ours);
                UnifiedJedis cluster = open(servers.clusterUrl(), "cluster", ours);
                UnifiedJedis master = open(servers.sentinelUrl(), "sentinel", ours)) {
            assertThat(cluster.set("in", "cluster")).isEqualTo("OK");
            assertThat(server.set("in", "server")).isEqualTo("OK");
            assertThat(master.get("in")).isEqualTo("server");
        }
    }

    @Test
    void aServerOfAnUnknownAuthorityIsNamedByItsCertificate() {
        StoreUnavailableException failure = failure(servers.url(), files("others", "client"));

        assertThat(failure.reason()).isEqualTo(UnavailableReason.TLS);
        assertThat(failure.why())
                .contains("the server's certificate (CN=server, issued by CN=ours, valid from 2")
                .contains("is refused: unable to find valid certification path");
        assertThat(failure.advice()).contains("redis.caFile");
        assertThat(failure(servers.url(), TlsFiles.NONE).why()).contains("(CN=server, issued by CN=ours");
    }

    @Test
    void aServerOfAnotherNameIsNamedByItsCertificate() {
        assertThat(failure(servers.urlByAnotherName(), files("ours", "client")).why())
                .contains("the server's certificate (CN=server, issued by CN=ours")
                .contains("localhost");
    }

    @Test
    void aServerThatRefusesTheClientsCertificateSaysSo() {
        for (TlsFiles files :
                List.of(new TlsFiles(certificates.certificate("ours"), null, null), files("ours", "stranger"))) {
            StoreUnavailableException failure = failure(servers.url(), files);

            assertThat(failure.reason()).isEqualTo(UnavailableReason.TLS);
            assertThat(failure.why()).contains("refused this client's certificate (redis.certFile)");
        }
    }

    @Test
    void aClusterAndSentinelsThatRefuseSaySo() {
        TlsFiles none = new TlsFiles(certificates.certificate("ours"), null, null);

        assertThatThrownBy(() -> open(servers.clusterUrl(), "cluster", none))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.reason())
                        .isEqualTo(UnavailableReason.TLS));
        assertThatThrownBy(() -> open(servers.sentinelUrl(), "sentinel", files("others", "client")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the server's certificate (CN=server, issued by CN=ours");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "-            | client.pem | -              | redis.certFile and redis.keyFile must be set together",
                "-            | -          | client-key.pem | redis.certFile and redis.keyFile must be set together",
                "nothing.pem  | -          | -              | redis.caFile must be a readable file",
                "garbage.pem  | -          | -              | redis.caFile must have certificates in PEM",
                "server-key.pem | -        | -              | redis.caFile must have certificates in PEM",
                "-            | garbage.pem| client-key.pem | redis.certFile must have certificates in PEM",
                "-            | client.pem | garbage.pem    | redis.keyFile must have a private key in PKCS#8",
                "-            | client.pem | client.pem     | redis.keyFile must have a private key in PKCS#8",
                "-            | client.pem | server-key.pem | redis.keyFile must have the private key of the first certificate",
                "-            | client.pem | broken-key.pem | redis.keyFile must have the private key of the first certificate",
            })
    void aFileThatIsNotWhatItShouldBeIsNamedWithItsSetting(String ca, String cert, String key, String complaint)
            throws Exception {
        Files.writeString(directory.resolve("garbage.pem"), "hunter2");
        Files.writeString(
                directory.resolve("broken-key.pem"),
                "-----BEGIN PRIVATE KEY-----\naHVudGVyMg==\n-----END PRIVATE KEY-----\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTarget.parse("rediss://h", null, new TlsFiles(path(ca), path(cert), path(key))))
                .withMessageContaining(complaint)
                .withMessageNotContaining("hunter2");
    }

    @Test
    void filesNeedTls() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTarget.parse("redis://h", null, files("ours", "client")))
                .withMessageContaining("redis.url (REDIS_URL) must begin with rediss:// where redis.caFile");
    }

    private @Nullable String path(@Nullable String name) {
        return name == null ? null : directory.resolve(name).toString();
    }
}

package dev.idem.admin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.connect.Credentials;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.redis.connect.RedisTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final String AS_SHIPPED = """
            server: { applicationConnectors: [{ type: http, port: ${PORT:-3001} }] }
            secret: ${JWT_SECRET:-}
            dataDir: ${DATA_DIR:-./data}
            redis:
              url: ${REDIS_URL:-embedded}
              mode: ${REDIS_MODE:-standalone}
            database:
              url: ${DATABASE_URL:-embedded}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void aContentThatIsAlsoAWordOfTheSentenceChangesNothing() throws Exception {
        Map<String, String> variables = Map.of("REDIS_MODE", "cluster", "REDIS_URL", "embedded");
        Path file = write("words.yml", "redis: { url: '${REDIS_URL}', mode: '${REDIS_MODE}' }");
        Path unknown = write("unknown.yml", "redis: { '${REDIS_MODE}': 1 }");

        assertThatThrownBy(() -> reader(variables).read(file))
                .hasMessageEndingWith("redis.mode (REDIS_MODE) must be standalone for the embedded Redis;"
                        + " it should be standalone, cluster or sentinel");
        assertThatThrownBy(() -> reader(variables).read(unknown))
                .hasMessageContaining("Unrecognized field at: redis.${REDIS_MODE} near line 1");
    }

    @Test
    void withoutAFileAndEnvironmentTheStoresAreEmbedded() {
        Settings settings = reader(Map.of()).read(null);

        assertThat(settings)
                .isEqualTo(new Settings(
                        new RedisTarget.Embedded(), "idem:", new DatabaseTarget.Embedded(), directory.resolve("data")));
    }

    @Test
    void theEnvironmentAloneSuffices() {
        Settings settings = reader(Map.of(
                        "REDIS_URL", "redis://a:1,redis://b:2",
                        "REDIS_MODE", "cluster",
                        "DATABASE_URL", "postgres://u:p@h/idem",
                        "DATA_DIR", "/var/lib/idem"))
                .read(null);

        assertThat(settings.redis().describe()).isEqualTo("redis://a:1,redis://b:2 (cluster)");
        assertThat(settings.database().describe()).isEqualTo("jdbc:postgresql://h/idem");
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("/var/lib/idem"));
    }

    @Test
    void theAdminPortsTokenComesFromTheFileOrTheEnvironment() throws IOException {
        Path file = write("other.yml", "admin: { token: '${ADMIN_TOKEN:-}' }");

        assertThat(reader(Map.of()).adminToken(file)).isEmpty();
        assertThat(reader(Map.of("ADMIN_TOKEN", "0123456789abcdef")).adminToken(file))
                .contains("0123456789abcdef");
        assertThat(reader(Map.of("ADMIN_TOKEN", "0123456789abcdef")).adminToken(null))
                .contains("0123456789abcdef");
    }

    @Test
    void theFileInTheDirectoryIsReadByItself() throws IOException {
        write("config.yml", AS_SHIPPED);

        Settings settings = reader(Map.of("REDIS_URL", "redis://cache")).read(null);

        assertThat(settings.redis().describe()).isEqualTo("redis://cache:6379");
        assertThat(settings.database()).isEqualTo(new DatabaseTarget.Embedded());
        assertThat(settings.dataDirectory()).isEqualTo(directory.resolve("./data"));
    }

    @Test
    void whatTheFileSaysOutrightIsNotOverruledByTheEnvironment() throws IOException {
        Path file = write("other.yml", "redis: { url: 'redis://file', keyPrefix: 'mine:' }");

        Settings settings = reader(Map.of("REDIS_URL", "redis://environment", "DATABASE_URL", "postgres://h/db"))
                .read(file);

        assertThat(settings.redis().describe()).isEqualTo("redis://file:6379");
        assertThat(settings.keyPrefix()).isEqualTo("mine:");
        assertThat(settings.database().describe()).isEqualTo("jdbc:postgresql://h/db");
    }

    @Test
    void anEmptyFileIsAMistakeAsForTheService() throws IOException {
        Path file = write("empty.yml", "# nothing left\n");

        assertThatThrownBy(() -> reader(Map.of()).read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ": it must not be empty");
    }

    @Test
    void noContentOfAVariableIsYamlOrIsShown() throws IOException {
        Path file = write("config.yml", "redis: { url: ${URL}, keyPrefix: ${PREFIX} }\nauth: { jwtSecret: ${JWT} }");

        Settings settings = reader(Map.of("URL", "redis://h", "PREFIX", "#:", "JWT", "*]: {x"))
                .read(file);

        assertThat(settings.keyPrefix()).isEqualTo("#:");
        assertThatThrownBy(() -> reader(Map.of("URL", "http://u:hunter2@h", "PREFIX", "", "JWT", ""))
                        .read(file))
                .hasMessageStartingWith(file + ": redis.url")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aVariableThatTheProcessCannotReadIsAMistake() throws IOException {
        Path file = write("config.yml", "redis: { url: embedded }");

        assertThatThrownBy(() -> reader(Map.of("DATABASE_URL", "postgres://u:p\uFFFD\uFFFDss@h/d"))
                        .read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("DATABASE_URL: It has characters that cannot be read")
                .hasMessageContaining("LC_ALL=C.UTF-8");
    }

    @Test
    void theModeOfTheEnvironmentBelongsToItsUrl() throws IOException {
        Map<String, String> environment = Map.of(
                "REDIS_URL", "redis://a:1,redis://b:2", "REDIS_MODE", "cluster", "REDIS_CA_FILE", "/nothing.pem");
        Path file = write("config.yml", "redis: { url: 'redis://file' }");

        assertThat(reader(environment).read(file).redis().describe()).isEqualTo("redis://file:6379");
        assertThatThrownBy(() -> reader(environment).read(write("other.yml", "dataDir: x")))
                .hasMessageContaining("redis.url (REDIS_URL) must begin with rediss://");
    }

    @Test
    void aKeyThatIsThereTwiceIsAMistake() throws IOException {
        Path file = write("config.yml", "redis: { url: embedded }\nredis: { url: 'redis://h' }");

        assertThatThrownBy(() -> reader(Map.of()).read(file))
                .hasMessage(file + ": line 2: redis is already on line 1; a key must be there once");
    }

    @Test
    void aLoginOfTheFileCountsWhereTheUrlHasNone() throws IOException {
        Path file = write("app.yml", """
                database: { driverClass: org.postgresql.Driver, user: app, password: 's3cret', url: 'jdbc:postgresql://h/db' }
                """);
        Path both = write("both.yml", "database: { user: app, password: other, url: 'postgres://ann@h/db' }");

        assertThat(login(file)).isEqualTo(new Credentials("app", "s3cret"));
        assertThat(login(both)).isEqualTo(new Credentials("ann", "other"));
        assertThat(reader(Map.of()).read(file).toString()).doesNotContain("s3cret");
    }

    private Credentials login(Path file) {
        return ((DatabaseTarget.External) reader(Map.of()).read(file).database()).credentials();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis:\\n  ulr: 'redis://prod'           | redis.ulr near line 2. Known here: caFile, certFile,",
                "redis: { url: embedded, timeout: 1s }   | redis.timeout near line 1",
                "database:\\n  poolSize: 3\\n  ulr: hunter2 | database.ulr near line 3. Known here: password, poolSize, timeout, url, user"
            })
    void anUnknownKeyOfAStoreIsAMistakeAsForTheService(String written, String named) throws IOException {
        Path file = write("config.yml", written.replace("\\n", "\n"));

        assertThatThrownBy(() -> reader(Map.of("REDIS_URL", "redis://other")).read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(file + ": Unrecognized field at: " + named)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> reader(Map.of()).read(Path.of("missing.yml")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("missing.yml")
                .hasMessageContaining("-c");
    }

    @Test
    void brokenYamlIsNamedByItsLineAndNotQuoted() throws IOException {
        Path file = write("broken.yml", "redis:\n  url: redis://u:hunter2@h\n bad: [\n");

        assertThatThrownBy(() -> reader(Map.of()).read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("near line 3")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aVariableThatIsNotSetIsAMistakeWhereverItIsUsed() throws IOException {
        Path file = write("config.yml", """
                # secret: ${OLD_SECRET}
                redis: { url: 'redis://u:hunter2@h' }
                gateway:
                  routes:
                    - { prefix: /a, jwt: { secret: "${UPSTREAM_JWT_SECRET}" } }
                """);

        assertThatThrownBy(() -> reader(Map.of()).read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(file + ": gateway.routes[0].jwt.secret has ${UPSTREAM_JWT_SECRET}")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("OLD_SECRET");
        assertThat(reader(Map.of("UPSTREAM_JWT_SECRET", "s")).read(file).redis().describe())
                .isEqualTo("redis://h:6379");
    }

    @Test
    void whatAVariableHoldsIsTakenAsItIs() throws IOException {
        Path file = write("config.yml", "redis: { keyPrefix: '${PREFIX}' }\ndataDir: $${DATA}");
        Settings settings = reader(Map.of("PREFIX", "*&!")).read(file);

        assertThat(settings.keyPrefix()).isEqualTo("*&!");
        assertThat(settings.dataDirectory()).isEqualTo(directory.resolve("${DATA}"));
    }

    /** They would choose the cluster's node, and the service does not start with them. */
    @Test
    void aPrefixWithBracesIsRefusedAsByTheService() throws IOException {
        Path file = write("config.yml", "redis: { keyPrefix: 'a{b}' }\n");

        assertThatThrownBy(() -> reader(Map.of()).read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("redis.keyPrefix must be at most 64 visible ASCII characters without braces");
    }

    @Test
    void brokenYamlWithAVariableThatIsNotSetIsNamedByItsLineAndNotQuoted() throws IOException {
        Path file = write("broken.yml", "redis:\n  url: redis://u:hunter2@h/${DB}\n bad: [\n");

        assertThatThrownBy(() -> reader(Map.of()).read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("near line 3")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSectionWhereAValueBelongsIsAMistake() throws IOException {
        Path file = write("config.yml", "redis: { url: [a, b] }");

        assertThatThrownBy(() -> reader(Map.of()).read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("redis.url is a single value");
    }

    @Test
    void aVariableWithAWrongContentIsNamedWhetherOrNotTheFileMentionsIt() throws IOException {
        Path silent = write("silent.yml", "gateway: {}");
        Path own = write("own.yml", "redis: { url: 'rediss://a', certFile: '${CERTIFICATE}' }");
        Map<String, String> variables = Map.of("REDIS_KEY_FILE", "/missing", "CERTIFICATE", "/missing");

        assertThatThrownBy(() -> reader(variables).read(silent)).hasMessageContaining("redis.keyFile (REDIS_KEY_FILE)");
        assertThatThrownBy(() -> reader(variables).read(null)).hasMessageContaining("redis.keyFile (REDIS_KEY_FILE)");
        assertThatThrownBy(() -> reader(variables).read(own)).hasMessageContaining("redis.certFile (CERTIFICATE)");
    }

    private SettingsReader reader(Map<String, String> environment) {
        return new SettingsReader(environment, directory);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}

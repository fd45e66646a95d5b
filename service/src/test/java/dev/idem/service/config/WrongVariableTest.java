package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A variable with a wrong content: the error names the variable, the key that uses it, and what is allowed. */
final class WrongVariableTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)");

    private static final String TABLE = """
            PORT                       | ''        | server.applicationConnectors[0].port | a whole number
            PORT                       | x         | server.applicationConnectors[0].port | a whole number
            PORT                       | 70000     | server.applicationConnectors[0].port | 65535
            ADMIN_PORT                 | -1        | server.adminConnectors[0].port       | 65535
            LOG_FORMAT                 | xml       | server.requestLog.appenders[0].layout.type | json, text
            LOG_FORMAT                 | ''        | server.requestLog.appenders[0].layout.type | json, text
            REDIS_URL                  | http://a  | redis.url                   | embedded, redis://
            REDIS_MODE                 | ring      | redis.mode                  | standalone, cluster or sentinel
            REDIS_CA_FILE              | /missing  | redis.caFile                | rediss://
            REDIS_CERT_FILE            | /missing  | redis.certFile              | redis.keyFile
            REDIS_KEY_FILE             | /missing  | redis.keyFile               | redis.certFile
            DATABASE_URL               | http://a  | database.url                | jdbc:postgresql:
            JWT_SECRET                 | short     | auth.jwtSecret              | at least 32 bytes
            SEED_USERS                 | maybe     | auth.seedUsers              | true or false
            TRUSTED_PROXIES            | everyone  | auth.trustedProxies         | addresses and networks
            ADMIN_TOKEN                | short     | admin.token                 | at least 16
            ADMIN_HOSTS                | http://a  | admin.hosts                 | host names
            DRAIN_DELAY                | soon      | shutdown.drainDelay         | a time such as
            DRAIN_DELAY                | 2d        | shutdown.drainDelay         | 0s to
            ENABLE_IDEMPOTENCY_IOS_MVP | maybe     | idempotency.enabled         | true or false
            IDEMPOTENCY_CONSISTENCY    | slow      | idempotency.consistency     | fast or strict
            """;

    /** Any text is an address or a directory; whether there is one is found when it is used. */
    private static final Set<String> ANY_TEXT = Set.of("BIND_HOST", "ADMIN_BIND_HOST", "DATA_DIR");

    private static String asShipped() throws IOException {
        return Files.readString(Path.of(System.getProperty("project.root"), "config.yml"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TABLE)
    void theErrorNamesIt(String variable, String content, String key, String allowed) throws IOException {
        String text = asShipped();

        assertThatThrownBy(() -> ReadConfiguration.of(text, Map.of(variable, content)))
                .hasMessageContaining(key + " (" + variable + ")")
                .hasMessageContaining(allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TABLE)
    void soItDoesForAFileThatDoesNotMentionIt(String variable, String content, String key, String allowed) {
        assertThatThrownBy(() -> ReadConfiguration.of("gateway: { routes: [] }\n", Map.of(variable, content)))
                .hasMessageContaining(key + " (" + variable + ")")
                .hasMessageContaining(allowed);
    }

    @Test
    void theTableHasEachVariable() throws IOException {
        Set<String> read = PLACEHOLDER
                .matcher(asShipped().replaceAll("(?m)^#.*", ""))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Pattern.compile("(?m)^[A-Z_]+").matcher(TABLE).results().map(MatchResult::group))
                .containsAll(
                        read.stream().filter(name -> !ANY_TEXT.contains(name)).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            idempotency: { policy: { ttl: '${MINE}' } }                       | 0s       | ttl (MINE)
            idempotency: { policy: { wait: '${MINE}' } }                      | soon     | idempotency.policy.wait (MINE)
            idempotency: { policy: { fingerprint: { window: '${MINE}' } } }   | 0s       | window (MINE)
            idempotency: { policy: { methods: '${MINE}' } }                   | POST,GO  | methods (MINE)
            idempotency: { policy: { notStored: '${MINE}' } }                 | 429,x    | idempotency.policy.notStored[1] (MINE)
            idempotency: { memoryBudget: '${MINE}' }                          | 9999GiB  | memoryBudget (MINE)
            gateway: { routes: [{ prefix: '${MINE}', upstream: 'http://a' }] }| orders   | gateway.routes[0].prefix (MINE)
            gateway: { routes: [{ prefix: /a, upstream: 'http://${MINE}/' }] }| a/b      | gateway.routes[0].upstream (MINE)
            redis: { url: '${MINE}' }                                         | http://a | redis.url (MINE)
            server: { applicationConnectors: [{ type: '${MINE}' }] }          | h9       | server.applicationConnectors[0].type (MINE)
            server: { maxThreads: '${MINE}' }                                 | -1       | server.maxThreads (MINE)
            """)
    void aFilesOwnVariableIsNamedToo(String file, String content, String named) {
        assertThatThrownBy(() -> ReadConfiguration.of(file + "\n", Map.of("MINE", content)))
                .hasMessageContaining(named);
    }

    /** Each content is also a word of the sentence, or a key. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REDIS_MODE=cluster REDIS_URL=embedded | redis.mode (REDIS_MODE) must be standalone for the embedded Redis; it should be standalone, cluster or sentinel
            DATABASE_URL=postgres             | jdbc:postgresql://host:port/database?user=…, or postgres://user:password@host:port/database
            DATABASE_URL=postgres://user:password@host:port/database | jdbc:postgresql://host:port/database?user=…, or postgres://user:password@host:port/database
            IDEMPOTENCY_CONSISTENCY=strict,   | idempotency.consistency (IDEMPOTENCY_CONSISTENCY) must be fast or strict, not ${IDEMPOTENCY_CONSISTENCY}
            IDEMPOTENCY_CONSISTENCY=key       | idempotency.consistency (IDEMPOTENCY_CONSISTENCY) must be fast or strict, not ${IDEMPOTENCY_CONSISTENCY}
            IDEMPOTENCY_CONSISTENCY=a         | idempotency.consistency (IDEMPOTENCY_CONSISTENCY) must be fast or strict, not ${IDEMPOTENCY_CONSISTENCY}
            DRAIN_DELAY=11m                   | shutdown.drainDelay (DRAIN_DELAY) must be 0s to 10m, not ${DRAIN_DELAY}
            TRUSTED_PROXIES=addresses         | must be addresses and networks, separated by commas
            LOG_FORMAT=layout                 | server.requestLog.appenders[0].layout.type
            """)
    void ourOwnWordsAndKeysAreWhole(String variables, String sentence) throws IOException {
        String text = asShipped();

        assertThatThrownBy(() -> ReadConfiguration.of(text, environment(variables)))
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            database: { timeout: '${MINE}' }                                | timeout  | database.timeout (MINE) near line 1
            database: { timeout: '${MINE}' }                                | 7s       | timeout (MINE) must be 100ms to 5s, not ${MINE}
            database: { poolSize: '${MINE}' }                               | 0        | poolSize (MINE) must be 1 to 1000, not ${MINE}
            idempotency: { policy: { methods: [POST, '${MINE}'] } }         | GO       | policy.methods (MINE) must be of POST, PUT, PATCH and DELETE, not ${MINE}
            idempotency: { policy: { keyFormat: '^${MINE}$' } }             | [xyz     | keyFormat (MINE) must be a regular expression in RE2's syntax
            gateway: { routes: [{ prefix: '/${MINE}', upstream: 'http://a' }] } | console | prefix (MINE) must be outside the paths of the service itself, not ${MINE}
            redis: { url: 'rediss://a', caFile: '/${MINE}' }                | xyz      | redis.caFile (MINE) must be a readable file
            redis: { '${MINE}': 1 }                                         | xyz      | Unrecognized field at: redis.${MINE} near line 1
            """)
    void noSentenceQuotesAVariable(String file, String content, String sentence) {
        assertThatThrownBy(() -> ReadConfiguration.of(file + "\n", Map.of("MINE", content)))
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("xyz")
                .hasMessageNotContaining("GO")
                .hasMessageNotContaining("7 s");
    }

    private static Map<String, String> environment(String variables) {
        return Stream.of(variables.split(" "))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    }
}

package dev.idem.conformance;

import dev.idem.conformance.app.ProbeServer;
import dev.idem.conformance.cases.Catalogue;
import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.http.Client;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Need;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.service.IdemApplication;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An application without a layer does what the project promises as soon as the gateway stands before it. */
@ExtendWith(ServersExtension.class)
final class GatewayIT {
    private static final int LIMIT = 64 * 1024;
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofHours(24);
    private static final Duration BRIEF = Duration.ofSeconds(3);
    /** Without a look inside they cannot be told from those of requests that reached no handler. */
    private static final Set<String> HANDLERS_OWN = Set.of("outcome-400", "outcome-403", "outcome-404", "outcome-422");

    private static final List<Integer> BY_DEFAULT =
            List.of(400, 401, 403, 404, 405, 406, 408, 412, 413, 415, 422, 425, 429);
    private static final List<Integer> WHAT_MAY_SUCCEED_LATER = List.of(408, 412, 425, 429);

    private static final Predicate<Case> ABOUT_EXPIRY = one -> one.needs().contains(Need.SHORT_TTL);

    private static final String ROUTES = """
              routes:
                - prefix: /probe
                  upstream: %1$s
                  scope: X-User
                  timeout: 60s
                  policy:
                    ttl: %2$s
                    fingerprint: { enabled: true, window: 2s }
                    maxStoredBody: 64KiB
                    maxRequestBody: 64KiB
                    notStored: %3$s
                - { prefix: /probe-control, upstream: "%1$s", methods: [] }
            """;

    @TestFactory
    Stream<DynamicTest> inFrontOfAnApplicationWithoutALayer(
            TestRedis redis, TestDatabase database, @TempDir Path directory) throws Exception {
        return tests(redis, database, directory, port -> new Client(URI.create("http://127.0.0.1:" + port)));
    }

    /** @param client makes one of the port */
    static Stream<DynamicTest> tests(
            TestRedis redis,
            TestDatabase database,
            Path directory,
            IntFunction<Client> client,
            ConfigOverride... settings)
            throws Exception {
        Front front = new Front(redis, database, client, List.of(settings));
        try (ProbeServer upstream = ProbeServer.startWithoutLayer(Databases.stores(redis, database))) {
            Predicate<Case> handlersOwn = one -> HANDLERS_OWN.contains(one.id());
            return Stream.of(
                            tests(
                                    upstream,
                                    front,
                                    new Rules(directory, LONG, BY_DEFAULT),
                                    ABOUT_EXPIRY.or(handlersOwn).negate()),
                            tests(upstream, front, new Rules(directory, BRIEF, BY_DEFAULT), ABOUT_EXPIRY),
                            tests(upstream, front, new Rules(directory, LONG, WHAT_MAY_SUCCEED_LATER), handlersOwn))
                    .flatMap(tests -> tests);
        }
    }

    /** What stands before the application: the stores, a client, and other settings. */
    private record Front(
            TestRedis redis, TestDatabase database, IntFunction<Client> client, List<ConfigOverride> settings) {}

    private static Stream<DynamicTest> tests(ProbeServer upstream, Front front, Rules rules, Predicate<Case> which)
            throws Exception {
        DropwizardTestSupport<IdemConfiguration> gateway =
                gateway(rules.file(upstream.description().client().base()), front);
        gateway.before();
        try {
            List<Case> cases = Catalogue.cases().stream().filter(which).toList();
            return CaseTests.of(
                    cases,
                    behind(front.client().apply(gateway.getLocalPort()), upstream.description(), rules.ttl()),
                    Profile.OURS);
        } finally {
            gateway.after();
        }
    }

    private static Server behind(Client client, Server application, Duration ttl) {
        return new Server(
                client,
                Optional.empty(),
                "{}",
                Optional.empty(),
                Optional.of("/probe"),
                application.credentials(),
                application.otherCredentials(),
                false,
                Optional.of(WINDOW),
                Optional.of(ttl),
                LIMIT,
                LIMIT);
    }

    /** What the route before the probe says, and where that is written down. */
    private record Rules(Path directory, Duration ttl, List<Integer> notStored) {
        Path file(URI upstream) throws IOException {
            String configuration = Files.readString(Path.of(System.getProperty("project.root"), "config.yml"));
            return Files.writeString(
                    directory.resolve(ttl.toSeconds() + "-" + notStored.size() + ".yml"),
                    configuration.replace(
                            "  routes: []\n", ROUTES.formatted(upstream, ttl.toSeconds() + "s", notStored)));
        }
    }

    private static DropwizardTestSupport<IdemConfiguration> gateway(Path file, Front front) {
        List<ConfigOverride> overrides = new ArrayList<>(List.of(
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"),
                ConfigOverride.config("redis.url", front.redis().url()),
                ConfigOverride.config("redis.keyPrefix", front.redis().keyPrefix()),
                ConfigOverride.config("database.url", front.database().jdbcUrl()),
                ConfigOverride.config("auth.jwtSecret", "a secret that only this test has, 32 bytes")));
        overrides.addAll(front.settings());
        return new DropwizardTestSupport<>(
                IdemApplication.class,
                file.toString(),
                new SubstitutingSourceProvider(
                        new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
                overrides.toArray(ConfigOverride[]::new));
    }
}

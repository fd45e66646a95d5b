package dev.idem.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.accounts.PasswordHasher;
import dev.idem.accounts.Role;
import dev.idem.accounts.Users;
import dev.idem.conformance.cases.Catalogue;
import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Client;
import dev.idem.conformance.http.Header;
import dev.idem.conformance.http.Request;
import dev.idem.conformance.profile.Profile;
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
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The service's own route passes the cases that need no probe, as any server may be tested. */
@ExtendWith(ServersExtension.class)
final class SharesIT {
    private static final String PASSWORD = "correct horse battery";
    private static final String REDDIT = "{\"url\":\"https://www.reddit.com/r/programming/comments/test/\"}";
    private static final String TIKTOK = "{\"url\":\"https://www.tiktok.com/@user/video/123456\"}";

    @TestFactory
    Stream<DynamicTest> shares(TestRedis redis, TestDatabase database) throws Exception {
        return tests(redis, database, port -> new Client(URI.create("http://127.0.0.1:" + port)));
    }

    /** @param client makes one of the port */
    static Stream<DynamicTest> tests(
            TestRedis redis, TestDatabase database, IntFunction<Client> client, ConfigOverride... settings)
            throws Exception {
        Databases.stores(redis, database);
        Users users = new Users(Jdbi.create(Databases.source(database)), new PasswordHasher());
        users.add("ann@example.com", PASSWORD, Role.USER);
        users.add("bob@example.com", PASSWORD, Role.USER);
        DropwizardTestSupport<IdemConfiguration> service = service(redis, database, settings);
        service.before();
        try {
            return CaseTests.of(Catalogue.cases(), description(client.apply(service.getLocalPort())), Profile.OURS);
        } finally {
            service.after();
        }
    }

    private static Server description(Client client) throws Exception {
        return new Server(
                client,
                Optional.of("/api/v1/shares"),
                REDDIT,
                Optional.of(TIKTOK),
                Optional.empty(),
                List.of(login(client, "ann@example.com")),
                List.of(login(client, "bob@example.com")),
                true,
                Optional.empty(),
                Optional.empty(),
                1 << 20,
                1 << 20);
    }

    private static Header login(Client client, String email) throws Exception {
        Request request = new Request("POST", "/api/auth/login", List.of(), new byte[0], false)
                .json("{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD));
        Answer answer = client.send(request).get(10, TimeUnit.SECONDS);
        String token =
                new ObjectMapper().readTree(answer.body()).get("access_token").asText();
        return new Header("Authorization", "Bearer " + token);
    }

    private static DropwizardTestSupport<IdemConfiguration> service(
            TestRedis redis, TestDatabase database, ConfigOverride... settings) {
        List<ConfigOverride> overrides = new ArrayList<>(List.of(
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"),
                ConfigOverride.config("redis.url", redis.url()),
                ConfigOverride.config("redis.keyPrefix", redis.keyPrefix()),
                ConfigOverride.config("database.url", database.jdbcUrl()),
                ConfigOverride.config("auth.jwtSecret", "a secret that only this test has, 32 bytes")));
        overrides.addAll(List.of(settings));
        return new DropwizardTestSupport<>(
                IdemApplication.class,
                Path.of(System.getProperty("project.root"), "config.yml").toString(),
                new SubstitutingSourceProvider(
                        new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
                overrides.toArray(ConfigOverride[]::new));
    }
}

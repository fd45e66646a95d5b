package dev.idem.service;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.idem.accounts.PasswordHasher;
import dev.idem.accounts.Role;
import dev.idem.accounts.Users;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The service in this process, with the project's own config.yml, on an external database that has two users. */
final class RunningService implements AutoCloseable {
    static final String ANN = "ann@example.com";
    static final String BOB = "bob@example.com";
    static final String PASSWORD = "correct horse battery";

    private static final Argon2Function QUICK = Argon2Function.getInstance(8, 1, 1, 32, Argon2.ID);

    private final DropwizardTestSupport<IdemConfiguration> service;
    private final Users users;

    /** @param settings names and values that differ from config.yml, in turn */
    RunningService(TestRedis redis, TestDatabase database, String... settings) throws Exception {
        this(prepared(database), redis, database, settings);
    }

    private RunningService(Users users, TestRedis redis, TestDatabase database, String... settings) throws Exception {
        this.users = users;
        service = new DropwizardTestSupport<>(
                IdemApplication.class,
                Path.of(System.getProperty("project.root"), "config.yml").toString(),
                new FileConfigurationSourceProvider(),
                overrides(redis, database, settings));
        service.before();
    }

    /** One more node, on stores that are in use already. */
    static RunningService another(TestRedis redis, TestDatabase database, String... settings) throws Exception {
        return new RunningService(users(database), redis, database, settings);
    }

    private static Users prepared(TestDatabase database) {
        database.filledOnce("users", url -> {
            Jdbi jdbi = Tables.create(url);
            addUser(jdbi, ANN);
            addUser(jdbi, BOB);
        });
        return users(database);
    }

    /** With {@link #PASSWORD}, hashed as quickly as Argon2 allows: tests log in hundreds of times. */
    static void addUser(Jdbi jdbi, String email) {
        String hash = Password.hash(PASSWORD).addRandomSalt().with(QUICK).getResult();
        jdbi.useHandle(handle -> handle.execute(
                "INSERT INTO users (id, email, password_hash, role) VALUES (?, ?, ?, ?)",
                UUID.randomUUID(),
                email,
                hash,
                Role.USER.label()));
    }

    private static Users users(TestDatabase database) {
        return new Users(Tables.thereIn(database), new PasswordHasher());
    }

    private static ConfigOverride[] overrides(TestRedis redis, TestDatabase database, String... settings) {
        List<ConfigOverride> overrides = new ArrayList<>(List.of(
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"),
                ConfigOverride.config("server.shutdownGracePeriod", "0s"), // else idle connections are waited for
                ConfigOverride.config("redis.url", redis.url()),
                ConfigOverride.config("redis.keyPrefix", redis.keyPrefix()),
                ConfigOverride.config("database.url", database.jdbcUrl()),
                ConfigOverride.config("auth.jwtSecret", "a secret that only this test has, 32 bytes")));
        for (int i = 0; i < settings.length; i += 2) {
            overrides.add(ConfigOverride.config(settings[i], settings[i + 1]));
        }
        return overrides.toArray(ConfigOverride[]::new);
    }

    Api api() {
        return Api.at(service.getLocalPort());
    }

    Api admin() {
        return Api.at(service.getAdminPort());
    }

    Users users() {
        return users;
    }

    DropwizardTestSupport<IdemConfiguration> support() {
        return service;
    }

    @Override
    public void close() {
        service.after();
    }
}

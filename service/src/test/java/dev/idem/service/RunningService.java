package dev.idem.service;

import dev.idem.core.schema.Schema;
import dev.idem.core.users.PasswordHasher;
import dev.idem.core.users.Role;
import dev.idem.core.users.Users;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** The service in this process, with the project's own config.yml, on an external database that has two users. */
final class RunningService implements AutoCloseable {
    static final String ANN = "ann@example.com";
    static final String BOB = "bob@example.com";
    static final String PASSWORD = "correct horse battery";

    private final DropwizardTestSupport<IdemConfiguration> service;
    private final Users users;

    RunningService(TestRedis redis, TestDatabase database) throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        new Schema(source).update();
        users = new Users(Jdbi.create(source), new PasswordHasher());
        users.add(ANN, PASSWORD, Role.USER);
        users.add(BOB, PASSWORD, Role.USER);
        service = new DropwizardTestSupport<>(
                IdemApplication.class,
                Path.of(System.getProperty("project.root"), "config.yml").toString(),
                new SubstitutingSourceProvider(
                        new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"),
                ConfigOverride.config("redis.url", redis.url()),
                ConfigOverride.config("redis.keyPrefix", redis.keyPrefix()),
                ConfigOverride.config("database.url", database.jdbcUrl()),
                ConfigOverride.config("auth.jwtSecret", "a secret that only this test has, 32 bytes"));
        service.before();
    }

    Api api() {
        return Api.at(service.getLocalPort());
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

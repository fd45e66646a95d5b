package dev.idem.service.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.schema.Schema;
import dev.idem.service.IdemApplication;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The program's {@code db} commands. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class SchemaCommandsIT {
    @TempDir
    private Path directory;

    private Path file;
    private Schema schema;

    @BeforeEach
    void open(TestDatabase place) throws IOException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(place.jdbcUrl());
        schema = ServiceTables.in(database);
        file = Files.writeString(
                directory.resolve("config.yml"),
                "dataDir: '" + directory + "'\ndatabase: { url: '" + place.jdbcUrl() + "' }\n"
                        + "auth: { jwtSecret: 'a secret that only this test has, 32 bytes' }\n");
    }

    @Test
    void aPendingChangeIsApplied() {
        schema.update();
        List<String> last = schema.rollback(1);
        assertThat(schema.pending()).isEqualTo(last).hasSize(1);

        run("db", "status");
        assertThat(schema.pending()).isEqualTo(last);

        run("db", "migrate");
        assertThat(schema.pending()).isEmpty();
        run("db", "status");
        run("db", "migrate");
    }

    @Test
    void anEmptyDatabaseGetsAllTables() {
        run("db", "migrate");

        assertThat(schema.isCurrent()).isTrue();
    }

    @Test
    void whatWouldDropTablesIsLeftToTheToolThatLooks() {
        run("db", "migrate");

        assertThat(refusal("db", "drop-all", "--confirm-delete-everything"))
                .contains("Nothing was changed", "idem-admin migrate rollback");
        assertThat(refusal("db", "rollback", "--count", "1")).contains("idem-admin migrate rollback");
        assertThat(refusal("db", "test")).contains("idem-admin migrate rollback");
        assertThat(schema.isCurrent()).isTrue();
    }

    private String refusal(String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add(file.toString());
        assertThat(cli(output).run(arguments.toArray(String[]::new))).isPresent();
        return output.toString(StandardCharsets.UTF_8);
    }

    private void run(String group, String command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Optional<Throwable> failure = cli(output).run(group, command, file.toString());

        assertThat(failure).as(() -> output.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static Cli cli(ByteArrayOutputStream output) {
        IdemApplication application = new IdemApplication();
        Bootstrap<IdemConfiguration> bootstrap = new Bootstrap<>(application);
        application.initialize(bootstrap);
        return new Cli(new JarLocation(IdemApplication.class), bootstrap, output, output);
    }
}

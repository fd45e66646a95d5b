package dev.idem.admin.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.admin.command.Cli.Run;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A command against real servers, with a place in them for each test. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
abstract class CommandIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    Fixture stores;
    Cli cli;

    @BeforeEach
    void prepare(TestRedis redis, TestDatabase database) {
        stores = new Fixture(redis, database);
        cli = stores.cli(directory);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    static JsonNode json(Run run) throws JsonProcessingException {
        return JSON.readTree(run.out());
    }
}

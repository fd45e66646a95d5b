package dev.idem.embedded.postgres;

import dev.idem.embedded.file.Numbers;
import dev.idem.embedded.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings by which the next process finds an embedded PostgreSQL and logs in. */
record PostgresSettings(int port, String password) {

    static final String FILE_NAME = "connection";

    /** Empty if there is no such file, or if it has no port or no password. */
    static Optional<PostgresSettings> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 2 || lines.get(1).isBlank()) {
            return Optional.empty();
        }
        return Numbers.positiveInt(lines.get(0)).map(port -> new PostgresSettings(port, lines.get(1)));
    }

    void write(Path directory) throws IOException {
        PrivateFile.write(directory, FILE_NAME, port + "\n" + password + "\n");
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + PostgresServer.SUPERUSER
                + "&password=" + password;
    }

    /** The name of the database in a URL of {@link #jdbcUrl}. */
    String database(String jdbcUrl) {
        return jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1, jdbcUrl.indexOf('?'));
    }

    @Override
    public String toString() {
        return "PostgresSettings[port=" + port + "]";
    }
}

package dev.idem.verification.support;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A real pgbouncer with transaction pooling: each transaction gets any of few sessions. A test that starts one needs the program
 * {@code pgbouncer} ({@link NeedsPrograms}).
 */
public final class PgBouncer implements AutoCloseable {
    private static final String JDBC = "jdbc:";

    private final ListeningProcess process;
    private final String jdbcUrl;

    private PgBouncer(ListeningProcess process, String jdbcUrl) {
        this.process = process;
        this.jdbcUrl = jdbcUrl;
    }

    /**
     * Starts one, and returns when it accepts connections.
     *
     * @param jdbcUrl of the database behind it, with host, user and password
     * @param sessions how many sessions of the server its clients share
     */
    public static PgBouncer start(String jdbcUrl, int sessions) throws IOException, InterruptedException {
        URI server = URI.create(jdbcUrl.substring(JDBC.length()));
        Map<String, String> parameters = Arrays.stream(server.getQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        int port = ListeningProcess.freePort();
        Path file = Files.writeString(
                Files.createTempFile("pgbouncer", ".ini"),
                String.format(
                        Locale.ROOT,
                        """
                [databases]
                * = host=%s port=%d user=%s password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 200
                """,
                        server.getHost(),
                        server.getPort(),
                        parameters.get("user"),
                        parameters.get("password"),
                        port,
                        sessions));
        ListeningProcess process = ListeningProcess.start(command(file), port, file);
        String url = "jdbc:postgresql://127.0.0.1:" + port + server.getPath() + "?user=" + parameters.get("user");
        return new PgBouncer(process, url);
    }

    /** It refuses to run as root. */
    private static List<String> command(Path file) {
        List<String> command = new ArrayList<>(List.of("pgbouncer"));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(file.toString());
        return command;
    }

    /** Of the same database, through the pooler. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}

package dev.idem.verification.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A real HAProxy before servers on this machine. It keeps their connections and gives each request to any of them. A request
 * that fails, or that a server does not answer within {@link #PATIENCE_SECONDS}, goes to the next one, whatever its method.
 * {@code Served-By: node-0} names the server of a response. A test that starts one needs the program {@code haproxy} ({@link
 * NeedsPrograms}).
 */
public final class Haproxy implements AutoCloseable {
    /** How long a server may take to answer. */
    public static final int PATIENCE_SECONDS = 2;

    private final ListeningProcess process;

    private Haproxy(ListeningProcess process) {
        this.process = process;
    }

    /**
     * Starts one, and returns when it accepts connections.
     *
     * @param nodes each an address with the options of HAProxy's {@code server} lines, such as {@code 127.0.0.1:80 check port 81}
     */
    public static Haproxy before(String... nodes) throws IOException, InterruptedException {
        int port = ListeningProcess.freePort();
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < nodes.length; i++) {
            servers.append("  server node-")
                    .append(i)
                    .append(' ')
                    .append(nodes[i])
                    .append('\n');
        }
        Path file = Files.writeString(
                Files.createTempFile("haproxy", ".cfg"),
                String.format(Locale.ROOT, """
            global
              maxconn 200
            defaults
              mode http
              timeout connect 1s
              timeout client 30s
              timeout server %ds
              timeout check 2s
              retries 3
              option redispatch 1
              retry-on conn-failure empty-response response-timeout
              option http-buffer-request
              http-reuse always
              balance roundrobin
            listen all
              bind 127.0.0.1:%d
              option httpchk GET /health/ready
              http-check expect status 200
              unique-id-format %%{+X}o%%ts%%rt
              http-response set-header Served-By %%s
              default-server check inter 200ms fall 2 rise 1
            %s""", PATIENCE_SECONDS, port, servers));
        return new Haproxy(ListeningProcess.start(List.of("haproxy", "-db", "-f", file.toString()), port, file));
    }

    public int port() {
        return process.port();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}

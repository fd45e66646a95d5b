package dev.idem.embedded.redis;

import dev.idem.embedded.file.Numbers;
import dev.idem.embedded.process.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The {@code redis.conf} of an embedded Redis. The server reads it, and the next process finds the port and password in it.
 */
record RedisConfig(int port, String password, Path directory, boolean durable) {

    static final String FILE_NAME = "redis.conf";
    static final String LOG_NAME = "redis.log";

    /** One for each place that a test may be given. */
    static final int DATABASES_OF_TESTS = 4_096;

    private static final int DATABASES = 16;

    String render() {
        return String.join(
                "\n",
                "# Written by each start.",
                "bind 127.0.0.1",
                "port " + port,
                "requirepass " + password,
                "dir " + quoted(directory),
                "logfile " + quoted(directory.resolve(LOG_NAME)),
                "appendonly " + (durable ? "yes" : "no"),
                "appendfsync everysec",
                "databases " + (durable ? DATABASES : DATABASES_OF_TESTS),
                "save \"\"",
                "maxmemory-policy noeviction",
                Platform.IS_WINDOWS ? "" : onUnix(),
                "");
    }

    private String onUnix() {
        return String.join(
                "\n",
                "# A session of its own: a Ctrl-C in the terminal is for the service, which stops Redis last.",
                "daemonize yes",
                "pidfile " + quoted(directory.resolve("redis.pid")),
                "# Its arguments, this file among them, are how the process is recognised.",
                "set-proc-title no");
    }

    /** Empty if there is no such file, or if it has no port or no password. */
    static Optional<RedisConfig> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        Optional<Integer> port = value(lines, "port").flatMap(Numbers::positiveInt);
        Optional<String> password = value(lines, "requirepass");
        boolean durable = value(lines, "appendonly").equals(Optional.of("yes"));
        return port.flatMap(number -> password.map(secret -> new RedisConfig(number, secret, directory, durable)));
    }

    String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    private static Optional<String> value(List<String> lines, String directive) {
        return lines.stream()
                .filter(line -> line.startsWith(directive + " "))
                .map(line -> line.substring(directive.length() + 1).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return "RedisConfig[port=" + port + ", directory=" + directory + ", durable=" + durable + "]";
    }
}

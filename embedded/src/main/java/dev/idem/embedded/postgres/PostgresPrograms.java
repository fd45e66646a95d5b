package dev.idem.embedded.postgres;

import dev.idem.embedded.file.DirectoryTree;
import dev.idem.embedded.file.LogFile;
import dev.idem.embedded.file.PrivateFile;
import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.embedded.process.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code initdb} and {@code pg_ctl} on one cluster. Their output goes to the server's log.
 *
 * @param directory holds the cluster and what is needed while it is created
 * @param cluster PostgreSQL's own data directory
 */
record PostgresPrograms(Path installation, UnprivilegedUser user, Path directory, Path cluster, Path log) {

    static final String SERVER = "postgres";

    static final List<String> CLUSTER_OPTIONS = List.of(
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // The same order on every platform, and none that an upgrade of the C library changes.
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");

    private static final Duration START = Duration.ofSeconds(60);
    private static final String BY_ITSELF =
            "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
                    + " -c timezone=UTC -c log_timezone=UTC -c log_checkpoints=off";
    /** Safe as long as the machine stays up: every commit survives a kill of the server. */
    private static final String DISPOSABLE = " -c fsync=off -c full_page_writes=off";

    PostgresPrograms {
        // pg_ctl puts these paths between double quotes into a shell command.
        if (!Platform.IS_WINDOWS && (cluster + "" + installation).matches("(?s).*[\"$`\\\\\n].*")) {
            throw new EmbeddedServerException(
                    "PostgreSQL cannot use a directory with one of \" $ ` \\ in its name: " + directory);
        }
    }

    /**
     * Creates the cluster unless it exists. A crash never leaves an incomplete one.
     *
     * @param more options of {@code initdb}
     */
    void initialise(String password, String... more) throws IOException {
        if (Files.isDirectory(cluster)) {
            user.giveAccess(directory);
            return;
        }
        Path half = directory.resolve("data.half");
        DirectoryTree.delete(half);
        Path passwordFile = directory.resolve("password.tmp");
        PrivateFile.write(directory, "password.tmp", password + "\n");
        user.giveAccess(directory);
        List<String> options = new ArrayList<>(
                List.of("--pgdata=" + half, "--username=" + PostgresServer.SUPERUSER, "--pwfile=" + passwordFile));
        options.addAll(CLUSTER_OPTIONS);
        options.addAll(List.of(more));
        int exit = run("initdb", options.toArray(String[]::new));
        Files.delete(passwordFile);
        if (exit != 0) {
            throw new EmbeddedServerException(
                    "PostgreSQL in " + directory + " could not be initialised:\n" + new LogFile(log).since(0));
        }
        Files.move(half, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Creates the cluster as a copy of an existing one.
     *
     * @return its password
     */
    String copyTemplate() throws IOException {
        ClusterTemplate template = ClusterTemplate.of(installation, user);
        template.copyTo(cluster);
        user.giveAccess(directory);
        return template.password();
    }

    /** Returns once the server accepts connections; false if it does not. The server gets a session of its own. */
    boolean start(int port, boolean durable) throws IOException {
        String options = "-p " + port + " " + BY_ITSELF + (durable ? "" : DISPOSABLE);
        return pgCtl("start", START, "-l", log.toString(), "-o", options) == 0;
    }

    /** Disconnects clients; no commit is lost. False if the server still runs after that time. */
    boolean stop(Duration patience) throws IOException {
        return pgCtl("stop", patience, "-m", "fast") == 0;
    }

    private int pgCtl(String action, Duration patience, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(action, "-D", cluster.toString(), "-w", "-t", Long.toString(patience.toSeconds())));
        arguments.addAll(List.of(more));
        return run("pg_ctl", arguments.toArray(String[]::new));
    }

    private int run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(installation.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = user.command(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while running " + program, e);
        }
    }
}

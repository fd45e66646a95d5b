package dev.idem.embedded.redis;

import dev.idem.embedded.file.BinaryCache;
import dev.idem.embedded.file.LogFile;
import dev.idem.embedded.file.Numbers;
import dev.idem.embedded.file.Password;
import dev.idem.embedded.file.PrivateFile;
import dev.idem.embedded.process.Deadline;
import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.embedded.process.FreePort;
import dev.idem.embedded.process.Processes;
import dev.idem.embedded.process.RunningServer;
import dev.idem.embedded.process.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis with all its files in one directory. */
public final class RedisServer implements Server {

    public static final String KIND = "redis";

    /** How many numbered databases a server has that is not durable. */
    public static final int DATABASES_OF_TESTS = RedisConfig.DATABASES_OF_TESTS;

    private static final Duration START = Duration.ofSeconds(10);
    /** A server that does not respond may ignore signals too. */
    private static final Duration LEFTOVER_STOP = Duration.ofSeconds(3);

    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;
    private static final int ANSWER_MILLIS = 2000;

    private final Path directory;
    private final boolean durable;
    private final LogFile log;

    /** @param durable whether data survives a restart */
    public RedisServer(Path directory, boolean durable) {
        this.directory = directory;
        this.durable = durable;
        this.log = new LogFile(directory.resolve(RedisConfig.LOG_NAME));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String name() {
        return "Redis in " + directory;
    }

    @Override
    public Optional<RunningServer> running() {
        try {
            return RedisConfig.read(directory).flatMap(RedisServer::answering);
        } catch (IOException e) {
            throw new EmbeddedServerException(name() + ": its configuration cannot be read: " + e, e);
        }
    }

    /** Accepting this directory's generated password is the proof that it is this directory's server. */
    private static Optional<RunningServer> answering(RedisConfig config) {
        try (Jedis redis = connect(config)) {
            requireReady(redis);
            return redis.info("server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .flatMap(line -> Numbers.positiveInt(
                            line.substring("process_id:".length()).strip())
                            .stream())
                    .findFirst()
                    .flatMap(ProcessHandle::of)
                    .map(process -> new RunningServer(process, config.port(), config.url()));
        } catch (JedisException noneOrNotReadyOrNotOurs) {
            return Optional.empty();
        }
    }

    /** While its disk is full, a server refuses writes and a PING alike. It is there all the same. */
    private static void requireReady(Jedis redis) {
        try {
            String unused = redis.ping();
        } catch (JedisDataException reply) {
            if (!String.valueOf(reply.getMessage()).startsWith("MISCONF")) {
                throw reply;
            }
        }
    }

    private static Jedis connect(RedisConfig config) {
        return new Jedis(
                new HostAndPort("127.0.0.1", config.port()),
                DefaultJedisClientConfig.builder()
                        .password(config.password())
                        .connectionTimeoutMillis(ANSWER_MILLIS)
                        .socketTimeoutMillis(ANSWER_MILLIS)
                        .autoNegotiateProtocol(false)
                        .build());
    }

    @Override
    public RunningServer start() throws IOException {
        PrivateFile.createDirectory(directory);
        processes(directory).forEach(leftover -> end(leftover, LEFTOVER_STOP));
        Path program = RedisBinary.extractTo(BinaryCache.directory(directory.resolve("binaries")));
        long logStart = log.end();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RedisConfig config = nextConfig();
            PrivateFile.write(directory, RedisConfig.FILE_NAME, config.render());
            Optional<RunningServer> started = launch(program, config);
            if (started.isPresent()) {
                return started.get();
            }
            if (FreePort.isFree(config.port())) {
                break; // so it was not for the port
            }
        }
        throw new EmbeddedServerException(name() + " did not start:\n" + log.since(logStart));
    }

    private RedisConfig nextConfig() throws IOException {
        Optional<RedisConfig> earlier = RedisConfig.read(directory);
        return new RedisConfig(
                earlier.map(config -> FreePort.preferably(config.port())).orElseGet(FreePort::any),
                earlier.map(RedisConfig::password).orElseGet(Password::generate),
                directory,
                durable);
    }

    private Optional<RunningServer> launch(Path program, RedisConfig config) throws IOException {
        Process launcher = new ProcessBuilder(program.toString(), configFile().toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.path().toFile()))
                .start();
        Deadline deadline = Deadline.in(START);
        do {
            Optional<RunningServer> running = answering(config);
            if (running.isPresent()) {
                return running;
            }
        } while (isStarting(launcher) && deadline.pause());
        processes(directory).forEach(hanging -> Processes.kill(hanging, name()));
        return Optional.empty();
    }

    /** The launcher ends as soon as it has put the server into the background. */
    private boolean isStarting(Process launcher) {
        return launcher.isAlive() || !processes(directory).isEmpty();
    }

    @Override
    public void stop(RunningServer running) {
        end(running.process(), STOP);
    }

    /** On SIGTERM Redis flushes and syncs its append-only file before it exits. */
    private void end(ProcessHandle process, Duration patience) {
        process.destroy();
        if (!Processes.awaitExit(process, patience)) {
            Processes.kill(process, name());
        }
    }

    /** All processes, whether they respond or not. */
    public static List<ProcessHandle> processes(Path directory) {
        return Processes.of(
                RedisBinary.PROGRAM, directory.resolve(RedisConfig.FILE_NAME).toString());
    }

    private Path configFile() {
        return directory.resolve(RedisConfig.FILE_NAME);
    }
}

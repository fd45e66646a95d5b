package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.embedded.process.FreePort;
import dev.idem.verification.support.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code java -jar service.jar server config.yml}, as an operator starts it. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final int port;
    private final int adminPort;

    private ServiceProcess(Process process, Path log, int port, int adminPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.adminPort = adminPort;
    }

    /**
     * What leads a service to the stores of a test.
     *
     * @param options more system properties for its JVM
     */
    static Map<String, String> environment(TestRedis redis, TestDatabase database, String options) {
        return Map.of(
                "REDIS_URL",
                redis.url(),
                "DATABASE_URL",
                database.jdbcUrl(),
                "JWT_SECRET",
                "a secret that only this test has, 32 bytes",
                "JAVA_TOOL_OPTIONS",
                "-Ddw.redis.keyPrefix=" + redis.keyPrefix() + " " + options);
    }

    /** Starts it and returns at once. */
    static ServiceProcess start(Path directory, Map<String, String> environment) throws IOException {
        return start(List.of(), root("config.yml"), directory, environment);
    }

    /** @param starter a program that becomes the one in its last arguments */
    static ServiceProcess start(
            List<String> starter, Path configuration, Path directory, Map<String, String> environment)
            throws IOException {
        return start(starter, List.of("server"), configuration, directory, environment);
    }

    /** @param heap the most of it, such as {@code 128m} */
    static ServiceProcess startWithHeap(
            String heap, Path configuration, Path directory, Map<String, String> environment) throws IOException {
        return start(program().withHeap(heap), List.of(), List.of("server"), configuration, directory, environment);
    }

    /** Starts one that leaves its classes in an archive when it ends. */
    static ServiceProcess startLeaving(Path archive, Path directory, Map<String, String> environment)
            throws IOException {
        return start(
                program().leaving(archive), List.of(), List.of("server"), root("config.yml"), directory, environment);
    }

    /** @param words the command, such as {@code db status} */
    static ServiceProcess start(
            List<String> starter,
            List<String> words,
            Path configuration,
            Path directory,
            Map<String, String> environment)
            throws IOException {
        return start(program(), starter, words, configuration, directory, environment);
    }

    private static ServiceProcess start(
            JavaCommand program,
            List<String> starter,
            List<String> words,
            Path configuration,
            Path directory,
            Map<String, String> environment)
            throws IOException {
        int port = FreePort.any();
        int adminPort = FreePort.any();
        Path log = Files.createTempFile(directory, "service", ".log");
        List<String> java = program.with(Stream.concat(words.stream(), Stream.of(configuration.toString()))
                .toArray(String[]::new));
        ProcessBuilder command = new ProcessBuilder(
                        Stream.concat(starter.stream(), java.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        command.environment()
                .putAll(Map.of(
                        "PORT", Integer.toString(port),
                        "ADMIN_PORT", Integer.toString(adminPort),
                        "DATA_DIR", directory.resolve("data").toString()));
        command.environment().putAll(environment);
        return new ServiceProcess(command.start(), log, port, adminPort);
    }

    ServiceProcess awaitReady() {
        await().atMost(START).until(() -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return log().contains("Started oejs.Server");
        });
        return this;
    }

    /** Waits for it to end by itself. */
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS))
                .as("ends by itself")
                .isTrue();
        return process.exitValue();
    }

    Api api() {
        return Api.at(port);
    }

    Api admin() {
        return Api.at(adminPort);
    }

    long pid() {
        return process.pid();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** kill -9 */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, without waiting. */
    void terminate() {
        process.destroy();
    }

    /** SIGTERM, and waits. */
    @Override
    public void close() {
        terminate();
        await().atMost(START).until(() -> !process.isAlive());
    }

    private static JavaCommand program() {
        return JavaCommand.ofJar(jar().toString());
    }

    static Path jar() {
        return root("service/target/service.jar");
    }

    static Path root(String path) {
        return Path.of(System.getProperty("project.root"), path);
    }
}

package dev.idem.ops;

import dev.idem.embedded.process.FreePort;
import dev.idem.service.IdemApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A node of the service in a process of its own, which can be killed. */
public record NodeProcess(Process process, int port, int adminPort, Path log) implements AutoCloseable {

    public static NodeProcess start(Path configuration, Map<String, String> environment) throws IOException {
        return start(
                List.of("-cp", System.getProperty("java.class.path"), IdemApplication.class.getName()),
                configuration,
                environment);
    }

    /** @param program what Java is to run */
    public static NodeProcess start(List<String> program, Path configuration, Map<String, String> environment)
            throws IOException {
        return start(
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                program,
                configuration,
                environment);
    }

    /**
     * As an operator starts it.
     *
     * @param options of Java
     */
    public static NodeProcess start(
            List<String> options, List<String> program, Path configuration, Map<String, String> environment)
            throws IOException {
        int port = FreePort.any();
        int adminPort = FreePort.any();
        Path log = configuration.resolveSibling("node-" + port + ".log");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> arguments = List.of("server", configuration.toString());
        ProcessBuilder command = new ProcessBuilder(Stream.of(List.of(java), options, program, arguments)
                        .flatMap(List::stream)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().putAll(environment);
        command.environment().putAll(Map.of("PORT", Integer.toString(port), "ADMIN_PORT", Integer.toString(adminPort)));
        return new NodeProcess(command.start(), port, adminPort, log);
    }

    public boolean isReady() throws IOException {
        String said = Files.readString(log);
        if (!process.isAlive()) {
            throw new IllegalStateException("the node has ended: " + said);
        }
        return said.contains("Started oejs.Server");
    }

    /** kill -9 */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}

package dev.idem.ops;

import dev.idem.embedded.process.FreePort;
import dev.idem.service.IdemApplication;
import dev.idem.verification.support.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A node of the service in a process of its own, which can be killed. */
public record NodeProcess(Process process, int port, int adminPort, Path log) implements AutoCloseable {

    public static NodeProcess start(Path configuration, Map<String, String> environment) throws IOException {
        return start(JavaCommand.ofClass(IdemApplication.class), configuration, environment);
    }

    public static NodeProcess start(JavaCommand program, Path configuration, Map<String, String> environment)
            throws IOException {
        int port = FreePort.any();
        int adminPort = FreePort.any();
        Path log = configuration.resolveSibling("node-" + port + ".log");
        ProcessBuilder command = new ProcessBuilder(program.with("server", configuration.toString()))
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

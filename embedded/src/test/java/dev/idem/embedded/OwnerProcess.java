package dev.idem.embedded;

import dev.idem.verification.support.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** Another JVM that owns the servers of a data directory until it is killed. */
final class OwnerProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;

    private OwnerProcess(Process process) {
        this.process = process;
    }

    static OwnerProcess start(Path dataDir) throws IOException {
        Process process = new ProcessBuilder(
                        JavaCommand.ofClass(OwnerProcess.class).with(dataDir.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals(READY)) {
                return new OwnerProcess(process);
            }
        }
        throw new IllegalStateException("the owner process ended before its servers ran");
    }

    /** {@code kill -9}, which leaves the servers without an owner. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    /** What runs in the other JVM. */
    public static void main(String[] arguments) throws Exception {
        Path dataDir = Path.of(arguments[0]);
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            System.out.println(redis + " " + postgres);
            System.out.println(READY);
            int untilKilled = System.in.read();
            System.exit(untilKilled);
        }
    }
}

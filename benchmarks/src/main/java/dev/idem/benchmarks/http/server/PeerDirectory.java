package dev.idem.benchmarks.http.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The directory of a peer's sources and of its build. */
final class PeerDirectory {
    private static final Path PEERS = Path.of("benchmarks", "peers");
    private static final long PATIENCE_MINUTES = 10;

    private PeerDirectory() {}

    /**
     * Returns the directory from which a peer can be started. Prepares it the first time.
     *
     * @throws BenchmarkException if that fails
     */
    static Path prepared(Peer peer) throws IOException, InterruptedException {
        Path directory = PEERS.resolve(peer.word()).toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            throw new BenchmarkException("--peers: there is no " + directory + "; run benchmarks/run of a clone");
        }
        if (Files.exists(directory.resolve(peer.product()))) {
            return directory;
        }
        String command = String.join(" ", peer.preparation());
        Path log = Files.createTempFile("idem-peer-", ".log");
        try {
            Process process = new ProcessBuilder(peer.preparation())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new BenchmarkException(
                        "--peers: '" + command + "' failed in " + directory + ":\n" + Files.readString(log));
            }
            return directory;
        } catch (IOException e) {
            throw new BenchmarkException(
                    "--peers: '" + command + "' cannot be run: " + e.getMessage() + "; leave " + peer.word() + " out",
                    e);
        } finally {
            Files.delete(log);
        }
    }
}

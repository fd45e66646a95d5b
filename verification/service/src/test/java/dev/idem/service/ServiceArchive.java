package dev.idem.service;

import dev.idem.verification.support.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes the archive of classes from which the tests' services start: one with servers of its own starts, and ends. */
final class ServiceArchive {
    private ServiceArchive() {}

    public static void main(String[] arguments) throws IOException {
        Path archive = JavaCommand.archiveOf(ServiceProcess.jar());
        Files.deleteIfExists(archive);
        Path directory = Files.createDirectories(ServiceProcess.root("verification/service/target/archive"));
        try (ServiceProcess service = ServiceProcess.startLeaving(
                archive, directory, Map.of("BIND_HOST", "127.0.0.1", "ADMIN_BIND_HOST", "127.0.0.1"))) {
            service.awaitReady();
        }
    }
}

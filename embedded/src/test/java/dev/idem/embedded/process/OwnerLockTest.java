package dev.idem.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnerLockTest {

    private final Path directory;

    OwnerLockTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void onlyOneHoldsIt() throws IOException {
        try (OwnerLock held = OwnerLock.tryAcquire(directory, "lock").orElseThrow()) {
            assertThat(OwnerLock.tryAcquire(directory, "lock")).isEmpty();
            assertThat(OwnerLock.tryAcquire(directory, "lock")).isNotEqualTo(held);
        }
    }

    @Test
    void aReleasedOneIsFree() throws IOException {
        OwnerLock.tryAcquire(directory, "lock").orElseThrow().close();
        try (OwnerLock again = OwnerLock.tryAcquire(directory, "lock").orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }
}

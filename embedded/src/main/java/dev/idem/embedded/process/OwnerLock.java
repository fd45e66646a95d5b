package dev.idem.embedded.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right to stop a directory's server. The operating system releases the lock when the process dies for any reason. */
public final class OwnerLock implements AutoCloseable {

    /**
     * Closing any channel of a file releases all POSIX locks of the process on it. A file that this process has locked must
     * therefore not be opened again, so the whole JVM shares a registry.
     */
    private static final Set<Path> HELD_BY_THIS_JVM = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private OwnerLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Empty if another process, or another caller in this one, holds the lock. */
    public static Optional<OwnerLock> tryAcquire(Path directory, String name) throws IOException {
        Path key = directory.toRealPath().resolve(name);
        if (!HELD_BY_THIS_JVM.add(key)) {
            return Optional.empty();
        }
        boolean acquired = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            acquired = lock != null;
            return acquired ? Optional.of(new OwnerLock(key, channel)) : Optional.empty();
        } finally {
            if (!acquired) {
                if (channel != null) {
                    channel.close();
                }
                HELD_BY_THIS_JVM.remove(key);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            HELD_BY_THIS_JVM.remove(file);
        }
    }
}

package dev.idem.embedded.redis;

import dev.idem.embedded.process.EmbeddedServerException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** The {@code redis-server} program for this machine, copied once from the jar. */
final class RedisBinary {

    static final String PROGRAM = "redis-server";

    /** For tests on another release of Redis, or on Valkey. Its file's name begins with {@link #PROGRAM}. */
    private static final String INSTEAD = "redis.program";

    private RedisBinary() {}

    /** Returns the first of the programs for this machine that runs here. */
    static Path extractTo(Path directory) throws IOException {
        String given = System.getProperty(INSTEAD);
        if (given != null) {
            return Path.of(given);
        }
        List<String> candidates = candidates();
        for (String resource : candidates) {
            Path program = extract(resource, directory);
            if (runs(program)) {
                return program;
            }
        }
        throw new EmbeddedServerException("Redis: none of " + candidates + " runs on this machine");
    }

    /**
     * The 64-bit program for Linux needs glibc and OpenSSL 3, which small images lack. The 32-bit one is linked statically and
     * needs no libraries.
     */
    private static List<String> candidates() {
        Map<OsArchitecture, String> programs = ExecutableProvider.newProvidedVersionsMap();
        OsArchitecture here = OsArchitecture.detectOSandArchitecture();
        List<String> candidates = new ArrayList<>();
        if (programs.containsKey(here)) {
            candidates.add(programs.get(here));
        }
        if (here.equals(OsArchitecture.UNIX_x86_64)) {
            candidates.add(programs.get(OsArchitecture.UNIX_x86));
        }
        return candidates;
    }

    private static Path extract(String resource, Path directory) throws IOException {
        Path program = directory.resolve(resource.substring(1));
        if (!Files.exists(program)) {
            Files.createDirectories(directory);
            Path half = Files.createTempFile(directory, PROGRAM, ".tmp");
            try (InputStream in = ExecutableProvider.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new FileNotFoundException(resource + " is not on the class path");
                }
                Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!half.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + half + " executable");
            }
            Files.move(half, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return program;
    }

    private static boolean runs(Path program) {
        try {
            Process version = new ProcessBuilder(program.toString(), "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor() == 0;
        } catch (IOException wrongFormatOrNoLoader) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while looking for a Redis that runs here", e);
        }
    }
}

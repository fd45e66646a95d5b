package dev.idem.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Finds and ends server processes. */
final class Processes {

    private Processes() {}

    /**
     * The processes that were started with this very path, or one inside it, as an argument: proof that they are that
     * directory's, whatever a pid file says. Empty on Windows, which does not show arguments.
     */
    static List<ProcessHandle> startedIn(Path path) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument ->
                                argument.equals(path.toString()) || argument.startsWith(path + File.separator)))
                .toList();
    }

    /** True for zombies, too: an ended server stays one for as long as its new parent, process 1, likes. */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive() || (Platform.IS_LINUX && isZombie(process.pid()));
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException goneMeanwhile) {
            return true;
        }
    }

    /** False if it still runs after that time. */
    static boolean awaitExit(ProcessHandle process, Duration time) {
        Deadline deadline = Deadline.in(time);
        while (!isGone(process)) {
            if (!deadline.pause()) {
                return false;
            }
        }
        return true;
    }

    static void kill(ProcessHandle process, String server) {
        process.destroyForcibly();
        if (!awaitExit(process, Duration.ofSeconds(10))) {
            throw new EmbeddedServerException(server + " (pid " + process.pid() + ") cannot be killed");
        }
    }
}

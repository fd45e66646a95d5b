package dev.idem.embedded.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Finds and ends server processes. */
public final class Processes {

    private Processes() {}

    /**
     * The processes of this program that were started with these arguments first, among them a path inside the data
     * directory: proof that they are that directory's, whatever a pid file says. An editor on the same file is none of
     * them. Empty on Windows, which does not show arguments.
     */
    public static List<ProcessHandle> of(String program, String... firstArguments) {
        return ProcessHandle.allProcesses()
                .filter(process -> runs(process.info(), program, List.of(firstArguments)))
                .toList();
    }

    private static boolean runs(ProcessHandle.Info info, String program, List<String> firstArguments) {
        List<String> arguments = info.arguments().map(List::of).orElse(List.of());
        return arguments.size() >= firstArguments.size()
                && arguments.subList(0, firstArguments.size()).equals(firstArguments)
                // Hidden only from a root without the ptrace capability, for a PostgreSQL that runs as nobody.
                && info.command()
                        .map(path -> fileName(path).startsWith(program))
                        .orElse(true);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf(File.separatorChar) + 1);
    }

    /** True for zombies, too: an ended server stays one for as long as its new parent, process 1, likes. */
    public static boolean isGone(ProcessHandle process) {
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
    public static boolean awaitExit(ProcessHandle process, Duration time) {
        Deadline deadline = Deadline.in(time);
        while (!isGone(process)) {
            if (!deadline.pause()) {
                return false;
            }
        }
        return true;
    }

    public static void kill(ProcessHandle process, String server) {
        process.destroyForcibly();
        if (!awaitExit(process, Duration.ofSeconds(10))) {
            throw new EmbeddedServerException(server + " (pid " + process.pid() + ") cannot be killed");
        }
    }
}

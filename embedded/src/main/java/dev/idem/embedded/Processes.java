package dev.idem.embedded;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds and ends server processes. */
final class Processes {

    private Processes() {}

    /**
     * The processes that were started with this very argument, a path inside the data directory: proof that they are
     * that directory's, whatever a pid file says. Empty on Windows, which does not show arguments.
     */
    static List<ProcessHandle> startedWith(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).contains(argument))
                        .orElse(false))
                .toList();
    }

    /** False if it still runs after that time. */
    static boolean awaitExit(ProcessHandle process, Duration time) {
        // Where this JVM is a container's process 1, an ended server stays a zombie, which counts as alive but has
        // exited; for everything else the exit is only polled for, every two seconds.
        CompletableFuture<ProcessHandle> exit = process.onExit();
        Deadline deadline = Deadline.in(time);
        do {
            if (exit.isDone() || !process.isAlive()) {
                return true;
            }
        } while (deadline.pause());
        return false;
    }

    static void kill(ProcessHandle process, String server) {
        process.destroyForcibly();
        if (!awaitExit(process, Duration.ofSeconds(10))) {
            throw new EmbeddedServerException(server + " (pid " + process.pid() + ") cannot be killed");
        }
    }
}

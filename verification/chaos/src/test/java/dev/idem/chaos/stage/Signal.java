package dev.idem.chaos.stage;

import java.io.IOException;

/** What a process is told by the system. */
enum Signal {
    STOP,
    CONT;

    void send(Process process) {
        try {
            // The shell's own kill: small images have no program of that name.
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + this + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (kill.waitFor() != 0 && process.isAlive()) {
                throw new IllegalStateException(process + " could not be sent SIG" + this);
            }
        } catch (IOException e) {
            throw new IllegalStateException(process + " could not be sent SIG" + this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + this, e);
        }
    }
}

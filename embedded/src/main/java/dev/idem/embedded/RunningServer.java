package dev.idem.embedded;

/**
 * A server that answered.
 *
 * @param process holds the start time next to the pid, so a reused pid is never signalled by mistake
 * @param url what a client needs to connect, password included
 */
record RunningServer(ProcessHandle process, int port, String url) {

    @Override
    public String toString() {
        return "127.0.0.1:" + port + " (pid " + process.pid() + ")";
    }
}

package dev.idem.embedded.process;

/**
 * A server that responded.
 *
 * @param process includes the start time besides the pid, so that no signal reaches a process with a reused pid
 * @param url the address for clients, including the password
 */
public record RunningServer(ProcessHandle process, int port, String url) {

    @Override
    public String toString() {
        return "127.0.0.1:" + port + " (pid " + process.pid() + ")";
    }
}

package dev.idem.conformance.exchange;

import dev.idem.conformance.http.Client;
import dev.idem.conformance.http.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server to be tested, as its user describes it.
 *
 * @param client sends to it
 * @param path of an end point whose POST creates something; without a probe
 * @param body what to send there, JSON
 * @param otherBody something else that creates something there
 * @param probe where the probe is, such as {@code /probe}
 * @param credentials of a user; empty if there are none
 * @param otherCredentials of another user
 * @param uuidKeys whether keys must be UUIDs
 * @param window how long a request without a key is compared with others
 * @param ttl how long an answer is kept
 * @param largestAnswer the largest body of an answer that is kept, bytes
 * @param largestRequest the largest body of a request that is taken, bytes
 */
public record Server(
        Client client,
        Optional<String> path,
        String body,
        Optional<String> otherBody,
        Optional<String> probe,
        List<Header> credentials,
        List<Header> otherCredentials,
        boolean uuidKeys,
        Optional<Duration> window,
        Optional<Duration> ttl,
        int largestAnswer,
        int largestRequest) {

    public Server {
        credentials = List.copyOf(credentials);
        otherCredentials = List.copyOf(otherCredentials);
        if (path.isEmpty() && probe.isEmpty()) {
            throw new IllegalArgumentException("a server has a path or a probe, or both");
        }
    }
}

package dev.idem.admin.checkup;

import dev.idem.core.store.UnavailableReason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The circuit breakers of a running service, which no store knows. */
public final class ServiceCheckup {
    private static final String SUBJECT = "service";
    private static final String AVAILABLE = "idempotency_store_available{";

    private static final int UNAUTHORIZED = 401;

    private final URI metrics;
    private final Optional<String> token;
    private final Duration timeout;

    /**
     * @param adminPort where the service's admin port is, such as {@code http://127.0.0.1:3002}
     * @param token sent as a bearer token; empty for none
     */
    public ServiceCheckup(URI adminPort, Optional<String> token, Duration timeout) {
        this.metrics = adminPort.resolve("/prometheus");
        this.token = token;
        this.timeout = timeout;
    }

    /** A service that does not answer is a finding, not an exception. */
    public List<CheckResult> look() {
        try {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .connectTimeout(timeout)
                    .build()
                    .send(question(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == UNAUTHORIZED) {
                return List.of(CheckResult.error(
                        SUBJECT, "metrics", metrics + " refuses the token", "Set ADMIN_TOKEN to the service's token."));
            }
            List<CheckResult> breakers = response.body()
                    .lines()
                    .filter(line -> line.startsWith(AVAILABLE))
                    .map(ServiceCheckup::breaker)
                    .toList();
            return breakers.isEmpty() ? List.of(silent("there are no metrics of stores at " + metrics)) : breakers;
        } catch (IOException e) {
            return List.of(silent(metrics + " does not answer" + reason(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(silent("interrupted"));
        }
    }

    private static String reason(IOException failure) {
        return UnavailableReason.ofNetwork(failure)
                .map(reason -> ": " + reason.label().replace('_', ' '))
                .orElse("");
    }

    private HttpRequest question() {
        HttpRequest.Builder question = HttpRequest.newBuilder(metrics).timeout(timeout);
        token.ifPresent(given -> question.header("Authorization", "Bearer " + given));
        return question.build();
    }

    private static CheckResult breaker(String line) {
        String labels = line.substring(AVAILABLE.length() - 1, line.lastIndexOf(' '));
        boolean closed = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) > 0;
        return closed
                ? CheckResult.ok(SUBJECT, "breaker", labels + " closed")
                : CheckResult.error(
                        SUBJECT,
                        "breaker",
                        labels + " open",
                        "This node does not use the store now: see the store's own findings, and check the network between them.");
    }

    private static CheckResult silent(String seen) {
        return CheckResult.error(
                SUBJECT, "metrics", seen, "Set --service to the admin port, such as http://127.0.0.1:3002.");
    }
}

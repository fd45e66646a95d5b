package dev.idem.chaos.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Takes effect: something outside of all stores that cannot be undone. Thread-safe. */
final class LedgerClient {
    private final URI ledger;
    private final ObjectMapper json;
    private final HttpClient client = HttpClient.newHttpClient();

    LedgerClient(URI ledger, ObjectMapper json) {
        this.ledger = ledger;
        this.json = json;
    }

    void tell(EffectReport report) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(ledger)
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(report)))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IOException("the ledger answered " + status);
        }
    }
}

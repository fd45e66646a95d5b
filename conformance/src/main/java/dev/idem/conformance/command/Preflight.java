package dev.idem.conformance.command;

import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.http.Answer;
import dev.idem.conformance.http.Client;
import dev.idem.conformance.http.Request;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks once, before two hundred cases fail, whether there is a server, and a probe. */
final class Preflight {
    private Preflight() {}

    /**
     * @throws IOException if nobody answers
     * @throws IllegalArgumentException if there is no probe where one should be
     */
    static void check(Server server) throws IOException, InterruptedException {
        Client client = server.client();
        String target = server.probe()
                .map(probe -> probe + "-control/executions/preflight")
                .or(server::path)
                .orElseThrow();
        Answer answer = answer(client, new Request("GET", target, server.credentials(), new byte[0], false));
        if (server.probe().isPresent()
                && !(answer.isSuccess() && answer.text().strip().matches("\\d+"))) {
            throw new IllegalArgumentException(
                    "--probe: GET " + target + " should answer with a number, not " + answer.status());
        }
    }

    private static Answer answer(Client client, Request request) throws IOException, InterruptedException {
        try {
            return client.send(request).get(Client.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("nobody answers at " + client.base() + " (" + e.getCause() + ")", e);
        }
    }
}

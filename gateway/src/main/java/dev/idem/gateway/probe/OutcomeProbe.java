package dev.idem.gateway.probe;

import dev.idem.gateway.client.ClientExchange;
import dev.idem.gateway.route.KeyPathTemplate;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks an upstream whether a request took effect. Thread-safe. */
public final class OutcomeProbe {
    private final UpstreamQuery question;
    private final Optional<KeyPathTemplate> path;

    /** @param path empty if the upstream has no resource that tells the outcome */
    public OutcomeProbe(UpstreamQuery question, Optional<KeyPathTemplate> path) {
        this.question = question;
        this.path = path;
    }

    /** @param then receives the result; may block */
    public void ask(ClientExchange client, Optional<String> key, Consumer<ProbeResult> then) {
        Optional<String> asked = path.flatMap(ofKeys -> key.flatMap(ofKeys::of));
        if (asked.isEmpty()) {
            then.accept(new ProbeResult.NotKnown());
            return;
        }
        question.ask(client, asked.get(), status -> true, answer -> then.accept(ProbeResult.of(answer)));
    }
}

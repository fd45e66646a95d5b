package dev.idem.service.gateway.exchange;

import dev.idem.service.gateway.route.KeyPath;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks an upstream whether a request took effect. Thread-safe. */
final class OutcomeProbe {
    private final UpstreamQuestion question;
    private final Optional<KeyPath> path;

    /** @param path empty if the upstream cannot be asked */
    OutcomeProbe(UpstreamQuestion question, Optional<KeyPath> path) {
        this.question = question;
        this.path = path;
    }

    /** @param then is told what was found; may block */
    void ask(Client client, Optional<String> key, Consumer<Finding> then) {
        Optional<String> asked = path.flatMap(ofKeys -> key.flatMap(ofKeys::of));
        if (asked.isEmpty()) {
            then.accept(new Finding.NotKnown());
            return;
        }
        question.ask(client, asked.get(), status -> true, answer -> then.accept(Finding.of(answer)));
    }
}

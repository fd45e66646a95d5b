package dev.idem.service.gateway.exchange;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks an upstream whether a request took effect. Thread-safe. */
final class OutcomeProbe {
    private final UpstreamQuestion question;
    private final Optional<String> template;

    /** @param template a path with {@code {key}} in it; empty if the upstream cannot be asked */
    OutcomeProbe(UpstreamQuestion question, Optional<String> template) {
        this.question = question;
        this.template = template;
    }

    /** @param then is told what was found; may block */
    void ask(Client client, Optional<String> key, Consumer<Finding> then) {
        if (template.isEmpty() || key.isEmpty()) {
            then.accept(new Finding.NotKnown());
            return;
        }
        String encoded = URLEncoder.encode(key.get(), StandardCharsets.UTF_8).replace("+", "%20");
        question.ask(client, template.get().replace("{key}", encoded), answer -> then.accept(Finding.of(answer)));
    }
}

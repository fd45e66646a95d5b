package dev.idem.chaos.check;

import dev.idem.chaos.history.Effect;
import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What happened to one key, each list by begin. */
final class KeyHistory {
    private final UUID key;
    private final Workload workload;
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    KeyHistory(UUID key, Workload workload) {
        this.key = key;
        this.workload = workload;
    }

    void add(Exchange exchange) {
        exchanges.add(exchange);
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    UUID key() {
        return key;
    }

    Workload workload() {
        return workload;
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    List<Effect> effects() {
        return effects;
    }

    /** When a client was first told of the effect; by then its record was completed. */
    Optional<Duration> told(Effect effect) {
        return exchanges.stream()
                .filter(exchange -> exchange.tells(effect.id()))
                .map(Exchange::end)
                .min(Comparator.naturalOrder());
    }

    /** The claim came after this: the begin of the first request that the owner's node had when it executed. */
    Duration claimedAfter(Effect effect) {
        return exchanges.stream()
                .filter(exchange -> exchange.node() == effect.node())
                .filter(exchange -> exchange.begin().compareTo(effect.begin()) <= 0)
                .filter(exchange -> exchange.end().compareTo(effect.begin()) >= 0)
                .map(Exchange::begin)
                .findFirst()
                .orElse(effect.begin());
    }
}

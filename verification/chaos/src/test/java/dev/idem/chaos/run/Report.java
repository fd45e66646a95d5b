package dev.idem.chaos.run;

import dev.idem.chaos.check.Verdict;
import dev.idem.chaos.check.Violation;
import dev.idem.chaos.history.Effect;
import dev.idem.chaos.history.Event;
import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.History;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** A verdict, with what one needs to understand it. */
public record Report(RunSettings settings, Verdict verdict, List<Event> events) {
    private static final int KEYS_TOLD = 5;
    private static final Duration AROUND = Duration.ofSeconds(10);

    /** The run and its numbers, in a few lines. */
    public String summary() {
        return "%s, seed %d: %d requests for %d keys; faults %s%n"
                        .formatted(
                                settings.consistency().word(),
                                settings.seed(),
                                verdict.requests(),
                                verdict.keys(),
                                verdict.faults())
                + "second effects excused: %d by a lost owner, %d by a lost Redis (widest %s); longest request %s%n"
                        .formatted(verdict.ownersLost(), verdict.redisLost(), verdict.widest(), verdict.longest())
                + "violations %s; the whole history: %s%n".formatted(byRule(), settings.historyFile());
    }

    /** The summary and, for some violations, the history of the key with the faults around it. */
    public String details() {
        return summary()
                + verdict.violations().stream()
                        .limit(KEYS_TOLD)
                        .map(this::details)
                        .collect(Collectors.joining("\n"));
    }

    private String byRule() {
        return verdict.violations().stream()
                .collect(Collectors.groupingBy(Violation::rule, Collectors.counting()))
                .toString();
    }

    private String details(Violation violation) {
        List<Event> own =
                events.stream().filter(event -> isOf(violation.key(), event)).toList();
        Duration from = own.get(0).begin().minus(AROUND);
        Duration until = own.stream()
                .filter(event -> !(event instanceof Exchange exchange) || exchange.round() != Exchange.Round.AFTERWARDS)
                .reduce((one, other) -> other)
                .orElse(own.get(0))
                .begin()
                .plus(AROUND);
        return violation + "\n"
                + events.stream()
                        .filter(event -> isOf(violation.key(), event)
                                || (event instanceof Fault fault
                                        && !fault.within(from, until).isZero()))
                        .map(event -> "  " + History.render(event))
                        .collect(Collectors.joining("\n"));
    }

    private static boolean isOf(UUID key, Event event) {
        if (event instanceof Exchange exchange) {
            return exchange.key().equals(key);
        }
        return event instanceof Effect effect && effect.key().equals(key);
    }
}

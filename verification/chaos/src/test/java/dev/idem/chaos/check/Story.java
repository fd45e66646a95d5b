package dev.idem.chaos.check;

import dev.idem.chaos.history.Effect;
import dev.idem.chaos.history.Event;
import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Exchange.Reply;
import dev.idem.chaos.history.Exchange.Round;
import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.FaultKind;
import dev.idem.chaos.history.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** A history of one key, written by hand. Times are in seconds. */
final class Story {
    private final UUID key = UUID.randomUUID();
    private final List<Event> events = new ArrayList<>();
    private final Workload workload;
    private int clients;

    Story(Workload workload) {
        this.workload = workload;
    }

    static Story plain() {
        return new Story(Workload.PLAIN);
    }

    /** The effect is taken some milliseconds after the method was entered. */
    Story effect(UUID id, int node, int attempt, double at) {
        events.add(new Effect(key, workload, id, node, attempt, attempt, time(at), time(at + 0.01)));
        return this;
    }

    Story told(UUID effect, int node, double begin, double end) {
        return answered(Round.FIRST, node, begin, end, new Reply(201, effect.toString(), false));
    }

    Story toldAfterwards(UUID effect, int node, double begin) {
        return answered(Round.AFTERWARDS, node, begin, begin + 0.01, new Reply(201, effect.toString(), true));
    }

    Story answered(Round round, int node, double begin, double end, Reply reply) {
        events.add(new Exchange(key, workload, round, clients++, node, time(begin), time(end), reply, null));
        return this;
    }

    Story lost(int node, double begin, double end) {
        events.add(new Exchange(
                key, workload, Round.FIRST, clients++, node, time(begin), time(end), null, "connection reset"));
        return this;
    }

    Story fault(FaultKind kind, int node, double begin, double end) {
        events.add(new Fault(kind, node, time(begin), time(end)));
        return this;
    }

    /** By rules with a lock timeout of 3 s. */
    Verdict under(Consistency consistency) {
        events.sort(Comparator.comparing(Event::begin));
        return Checker.check(Rules.of(consistency, Duration.ofSeconds(3)), events);
    }

    private static Duration time(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}

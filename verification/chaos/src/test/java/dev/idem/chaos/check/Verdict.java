package dev.idem.chaos.check;

import dev.idem.chaos.history.Event;
import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.FaultKind;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the checker found.
 *
 * @param requests how many were sent
 * @param keys how many different ones
 * @param faults how many of each kind
 * @param ownersLost second effects that are excused since the first owner was lost
 * @param redisLost second effects that are excused since Redis was lost around the claim
 * @param widest the largest distance between such a claim and the fault
 * @param longest how long a request took at the most, as its client saw it
 * @param violations what nothing excuses
 */
public record Verdict(
        long requests,
        long keys,
        Map<FaultKind, Integer> faults,
        long ownersLost,
        long redisLost,
        Duration widest,
        Duration longest,
        List<Violation> violations) {

    static Verdict of(List<Event> events, List<Violation> violations, List<Exemption> exemptions) {
        List<Exchange> exchanges = only(Exchange.class, events);
        Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
        only(Fault.class, events).forEach(fault -> faults.merge(fault.kind(), 1, Integer::sum));
        List<Exemption.RedisLost> redisLost = only(Exemption.RedisLost.class, exemptions);
        return new Verdict(
                exchanges.size(),
                exchanges.stream().map(Exchange::key).distinct().count(),
                faults,
                exemptions.size() - redisLost.size(),
                redisLost.size(),
                redisLost.stream()
                        .map(Exemption.RedisLost::width)
                        .max(Comparator.comparing(Duration::abs))
                        .orElse(Duration.ZERO),
                exchanges.stream()
                        .map(Exchange::took)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                List.copyOf(violations));
    }

    private static <T> List<T> only(Class<T> type, List<?> all) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Whether this rule was violated. */
    public boolean violates(Rule rule) {
        return violations.stream().anyMatch(violation -> violation.rule() == rule);
    }
}

package dev.idem.chaos.check;

import dev.idem.chaos.history.Effect;
import dev.idem.chaos.history.Event;
import dev.idem.chaos.history.Exchange;
import dev.idem.chaos.history.Exchange.Round;
import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Holds a history to the rules. */
public final class Checker {
    private final Rules rules;
    private final Map<UUID, KeyHistory> keys = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<Exemption> exemptions = new ArrayList<>();

    private Checker(Rules rules, List<Event> events) {
        this.rules = rules;
        for (Event event : events) {
            if (event instanceof Exchange exchange) {
                of(exchange.key(), exchange.workload()).add(exchange);
            } else if (event instanceof Effect effect) {
                of(effect.key(), effect.workload()).add(effect);
            } else if (event instanceof Fault fault) {
                faults.add(fault);
            }
        }
    }

    /** @param events of a whole run, by begin */
    public static Verdict check(Rules rules, List<Event> events) {
        Checker checker = new Checker(rules, events);
        checker.keys.values().forEach(checker::check);
        return Verdict.of(events, checker.violations, checker.exemptions);
    }

    private KeyHistory of(UUID key, Workload workload) {
        return keys.computeIfAbsent(key, id -> new KeyHistory(id, workload));
    }

    private void check(KeyHistory key) {
        if (!isExcusedByLostRedis(key)) {
            checkSameAnswer(key);
            checkStableAfterwards(key);
        }
        checkAnsweredAfterwards(key);
        checkKnownEffects(key);
        checkInTime(key);
    }

    /**
     * Reports the duplicates that nothing excuses, counts the others. A lost owner excuses a second effect and no second
     * answer: its own is refused.
     */
    private boolean isExcusedByLostRedis(KeyHistory key) {
        boolean excused = false;
        List<Effect> effects = key.effects();
        for (int i = 1; i < effects.size(); i++) {
            Effect first = effects.get(i - 1);
            Effect second = effects.get(i);
            if (key.workload() == Workload.ATOMIC) {
                violated(Rule.ONE_ATOMIC_EFFECT, key, first.id() + " and " + second.id());
                continue;
            }
            Optional<Exemption> exemption = new Exemptions(rules, faults).of(key, first, second);
            exemption.ifPresentOrElse(
                    exemptions::add, () -> violated(Rule.ONE_PLAIN_EFFECT, key, first.id() + " and " + second.id()));
            excused |= exemption.filter(Exemption.RedisLost.class::isInstance).isPresent();
        }
        return excused;
    }

    private void checkSameAnswer(KeyHistory key) {
        Set<String> answers = told(key, false);
        if (answers.size() > 1 || answers.stream().anyMatch(answer -> !answer.startsWith("2"))) {
            violated(Rule.SAME_ANSWER, key, "clients were told " + answers);
        }
    }

    private void checkStableAfterwards(KeyHistory key) {
        Set<String> before = told(key, false);
        Set<String> after = told(key, true);
        if (after.size() > 1 || (!before.isEmpty() && !before.containsAll(after))) {
            violated(Rule.STABLE_AFTERWARDS, key, "was answered " + before + ", is answered " + after);
        }
    }

    private static Set<String> told(KeyHistory key, boolean afterwards) {
        return key.exchanges().stream()
                .filter(exchange -> (exchange.round() == Round.AFTERWARDS) == afterwards)
                .flatMap(exchange -> Optional.ofNullable(exchange.reply()).stream())
                .filter(Exchange.Reply::isFinal)
                .map(reply -> reply.status() + " " + reply.body())
                .collect(Collectors.toSet());
    }

    /** Every request after the last fault has ended gets an answer. */
    private void checkAnsweredAfterwards(KeyHistory key) {
        Set<Integer> asking = key.exchanges().stream()
                .filter(exchange -> exchange.round() == Round.AFTERWARDS)
                .map(Exchange::client)
                .collect(Collectors.toSet());
        Set<Integer> answered = key.exchanges().stream()
                .filter(exchange -> exchange.round() == Round.AFTERWARDS && exchange.succeeded())
                .map(Exchange::client)
                .collect(Collectors.toSet());
        if (!answered.containsAll(asking)) {
            violated(Rule.STABLE_AFTERWARDS, key, "clients " + asking + " asked, only " + answered + " were answered");
        }
    }

    private void checkKnownEffects(KeyHistory key) {
        Set<String> known =
                key.effects().stream().map(effect -> effect.id().toString()).collect(Collectors.toSet());
        key.exchanges().stream()
                .filter(Exchange::succeeded)
                .flatMap(exchange -> Optional.ofNullable(exchange.reply()).stream())
                .map(Exchange.Reply::body)
                .distinct()
                .filter(body -> !known.contains(body))
                .forEach(body -> violated(Rule.KNOWN_EFFECT, key, "nobody knows of " + body));
    }

    private void checkInTime(KeyHistory key) {
        key.exchanges().stream()
                .filter(exchange -> exchange.took().compareTo(rules.bound()) > 0)
                .filter(exchange -> new Timing(faults).ofNode(exchange).compareTo(rules.bound()) > 0)
                .forEach(exchange -> violated(Rule.IN_TIME, key, "took " + exchange.took()));
    }

    private void violated(Rule rule, KeyHistory key, String what) {
        violations.add(new Violation(rule, key.key(), what));
    }
}

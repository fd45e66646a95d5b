package dev.idem.chaos.check;

import dev.idem.chaos.history.Effect;
import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.FaultKind;
import dev.idem.chaos.history.FaultKind.Part;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the fault that excuses a second effect. */
final class Exemptions {
    /** How long after a fault of Redis PostgreSQL may still be the authoritative store. */
    private static final Duration REFILLING = Duration.ofSeconds(15);

    /** How long after the death of a node another one has brought from Redis what its journal held. */
    private static final Duration BRINGING = Duration.ofSeconds(10);

    private final Rules rules;
    private final List<Fault> faults;

    Exemptions(Rules rules, List<Fault> faults) {
        this.rules = rules;
        this.faults = List.copyOf(faults);
    }

    /** Empty if nothing excuses that both were taken. The first began before the second. */
    Optional<Exemption> of(KeyHistory key, Effect first, Effect second) {
        boolean fast = rules.consistency() == Consistency.FAST;
        if (isOwnerLost(key, first, second)) {
            // With Redis a successor and its answer are forgotten, and then the late owner's answer stands.
            return fast
                    ? lossesAround(key, second)
                            .min(Comparator.comparing(Duration::abs))
                            .<Exemption>map(Exemption.RedisLost::new)
                            .or(() -> Optional.of(new Exemption.OwnerLost()))
                    : Optional.of(new Exemption.OwnerLost());
        }
        return fast ? redisLost(key, first, second) : Optional.empty();
    }

    private boolean isOwnerLost(KeyHistory key, Effect first, Effect second) {
        if (first.attempt() == second.attempt()) {
            return false;
        }
        // An owner that was stopped between its claim and its method enters it after its successor did.
        boolean inOrder = first.attempt() < second.attempt();
        Effect owner = inOrder ? first : second;
        Effect successor = inOrder ? second : first;
        Duration from = key.claimedAfter(owner);
        Duration until = earlier(successor.begin(), key.told(owner).orElse(successor.begin()));
        if (inOrder && rules.consistency() == Consistency.FAST && until.compareTo(successor.begin()) < 0) {
            return false; // it had completed its record: what is forgotten then was lost with Redis
        }
        return wasKilled(owner.node(), from, until) || wasSilent(owner.node(), from, until);
    }

    private boolean wasKilled(int node, Duration from, Duration until) {
        return faults.stream()
                .filter(fault -> fault.kind() == FaultKind.NODE_KILL && fault.hits(node))
                .anyMatch(fault -> isBetween(fault.begin(), from, until));
    }

    private boolean wasSilent(int node, Duration from, Duration until) {
        Duration silent = faults.stream()
                .filter(fault -> fault.hits(node))
                .filter(fault -> fault.kind() == FaultKind.NODE_PAUSE || cutsOffFromAuthority(fault))
                .map(fault -> fault.within(from, until))
                .reduce(Duration.ZERO, Duration::plus);
        return silent.compareTo(rules.silencing()) >= 0;
    }

    /** PostgreSQL keeps the leases, always or, under fast, while Redis is not trusted. */
    private boolean cutsOffFromAuthority(Fault fault) {
        return fault.kind().part() == Part.POSTGRES
                && (rules.consistency() == Consistency.STRICT
                        || faultsOf(Part.REDIS)
                                .anyMatch(redis -> isBetween(
                                        fault.begin(),
                                        redis.begin(),
                                        redis.end().plus(REFILLING))));
    }

    /** The first claim went with Redis, or either was made by a node that had slept through the loss. */
    private Optional<Exemption> redisLost(KeyHistory key, Effect first, Effect second) {
        return Stream.concat(lossesAround(key, first), Stream.of(first, second).flatMap(this::awakenings))
                .min(Comparator.comparing(Duration::abs))
                .map(Exemption.RedisLost::new);
    }

    /** How far from an effect, as long as PostgreSQL could not be told of it, Redis was lost. */
    private Stream<Duration> lossesAround(KeyHistory key, Effect effect) {
        Duration claimedAfter = key.claimedAfter(effect);
        Duration toldFrom = toldFrom(effect);
        return faultsOf(Part.REDIS)
                .map(loss -> distance(loss.begin(), claimedAfter, toldFrom))
                .filter(distance -> distance.abs().compareTo(rules.window()) <= 0);
    }

    /** When PostgreSQL could be told of the claim, by the node's journal or, if that died with it, by another node. */
    private Duration toldFrom(Effect effect) {
        Duration back = backAfter(effect);
        return faults.stream()
                .filter(fault -> fault.kind() == FaultKind.NODE_KILL && fault.hits(effect.node()))
                .map(Fault::begin)
                .filter(death -> isBetween(death, effect.begin(), back.plus(rules.window())))
                .map(death -> later(death, back).plus(BRINGING))
                .findFirst()
                .orElse(back);
    }

    /** PostgreSQL is what lags behind while it is away. */
    private Duration backAfter(Effect effect) {
        return faultsOf(Part.POSTGRES)
                .filter(fault -> fault.hits(effect.node()))
                .filter(fault -> isBetween(effect.begin(), fault.begin().minus(rules.window()), fault.end()))
                .map(Fault::end)
                .reduce(effect.begin(), Exemptions::later);
    }

    /** How long before the effect its node woke up, and found that Redis was lost meanwhile. */
    private Stream<Duration> awakenings(Effect effect) {
        return faults.stream()
                .filter(pause -> pause.kind() == FaultKind.NODE_PAUSE && pause.hits(effect.node()))
                .filter(pause -> faultsOf(Part.REDIS)
                        .anyMatch(
                                redis -> isBetween(redis.begin(), pause.begin().minus(rules.window()), pause.end())))
                .map(Fault::end)
                .filter(end -> isBetween(end, effect.begin().minus(rules.window()), effect.at()))
                .map(end -> end.minus(effect.begin()));
    }

    private Stream<Fault> faultsOf(Part part) {
        return faults.stream().filter(fault -> fault.kind().part() == part);
    }

    private static boolean isBetween(Duration moment, Duration from, Duration until) {
        return moment.compareTo(from) >= 0 && moment.compareTo(until) <= 0;
    }

    /** Negative if the moment comes first, zero if it lies between. */
    private static Duration distance(Duration moment, Duration from, Duration until) {
        if (isBetween(moment, from, until)) {
            return Duration.ZERO;
        }
        return moment.compareTo(from) < 0 ? moment.minus(from) : moment.minus(until);
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

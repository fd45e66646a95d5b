package dev.idem.chaos.history;

import java.time.Duration;
import java.util.UUID;

/**
 * A request took effect.
 *
 * @param id different for each effect
 * @param node where
 * @param fencing the fencing number under which it executed
 * @param attempt 1, or more if earlier owners died
 * @param begin when the resource method was entered
 * @param at when the effect was taken
 */
public record Effect(
        UUID key, Workload workload, UUID id, int node, long fencing, int attempt, Duration begin, Duration at)
        implements Event {}

package dev.idem.chaos.node;

import java.time.Instant;
import java.util.UUID;

/**
 * What a node tells the ledger.
 *
 * @param id of the effect
 * @param entered when the resource method was entered
 */
public record EffectReport(UUID key, UUID id, int node, long fencing, int attempt, Instant entered) {}

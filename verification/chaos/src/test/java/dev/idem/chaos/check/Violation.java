package dev.idem.chaos.check;

import java.util.UUID;

/** A rule that does not hold for a key. */
public record Violation(Rule rule, UUID key, String what) {}

package dev.idem.benchmarks.http.app;

import java.util.UUID;

/** About 150 bytes of JSON. */
public record OrderAnswer(UUID id, String number, String status, String currency, int amount, String note) {}

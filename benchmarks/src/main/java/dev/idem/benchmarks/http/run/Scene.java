package dev.idem.benchmarks.http.run;

/**
 * Under what all variants are compared.
 *
 * @param connections how many
 * @param bodySize of a request, bytes
 */
public record Scene(int connections, int bodySize) {}

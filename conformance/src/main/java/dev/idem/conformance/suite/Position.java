package dev.idem.conformance.suite;

/**
 * What one source says where sources disagree.
 *
 * @param says in our words; {@code not stated} where nothing was found
 */
public record Position(Source source, String says) {}

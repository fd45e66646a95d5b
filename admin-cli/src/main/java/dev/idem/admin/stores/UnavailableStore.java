package dev.idem.admin.stores;

/**
 * A store that could not be asked.
 *
 * @param reason a sentence that says why and what to do
 */
public record UnavailableStore(String store, String reason) {}

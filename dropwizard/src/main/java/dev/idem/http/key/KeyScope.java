package dev.idem.http.key;

/** Where a caller's key means the same request. */
public enum KeyScope {
    /** Everywhere: sent to another path it is a reuse. */
    USER,
    /** On one path: another path has keys of its own. */
    PATH
}

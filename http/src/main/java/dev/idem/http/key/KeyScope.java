package dev.idem.http.key;

/** On which paths a caller's key means the same request. */
public enum KeyScope {
    /** On all paths: the same key on another path is a reuse. */
    USER,
    /** On one path: each path has its own keys. */
    PATH
}

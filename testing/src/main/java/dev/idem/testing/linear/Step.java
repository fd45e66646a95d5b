package dev.idem.testing.linear;

/**
 * An owner's step on a record. Owners 1 and 2 send the same request, owner 3 sends a different one with the same keys.
 */
sealed interface Step {
    int key();

    int owner();

    record Claiming(int key, int owner) implements Step {}

    record Completing(int key, int owner, int status) implements Step {}

    record Abandoning(int key, int owner) implements Step {}

    static int requestOf(int owner) {
        return owner == 3 ? 2 : 1;
    }
}

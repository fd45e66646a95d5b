package dev.idem.testing.linear;

/** What an owner does to a record. Owners 1 and 2 repeat one request, the third makes another with the same keys. */
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

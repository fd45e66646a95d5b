package dev.idem.chaos.check;

import java.util.Locale;

/** What the nodes are configured to promise. */
public enum Consistency {
    FAST,
    STRICT;

    /** As in a configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

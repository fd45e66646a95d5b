package dev.idem.admin.command;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a record that was to be cleared. */
enum Fate {
    /** It is gone. */
    @JsonProperty("cleared")
    CLEARED,
    /** It was touched since it was read, and stays. */
    @JsonProperty("changed")
    CHANGED,
    /** Its removal was not tried. */
    @JsonProperty("kept")
    KEPT
}

package dev.idem.admin.command;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a record that was to be changed. */
enum ActionResult {
    /** It is gone. */
    @JsonProperty("cleared")
    CLEARED,
    /** It is gone, whatever it was. */
    @JsonProperty("deleted")
    DELETED,
    /** What became of its request is known. */
    @JsonProperty("resolved")
    RESOLVED,
    /** It was touched since it was read, and stays. */
    @JsonProperty("changed")
    CHANGED,
    /** Nothing was tried. */
    @JsonProperty("kept")
    KEPT
}

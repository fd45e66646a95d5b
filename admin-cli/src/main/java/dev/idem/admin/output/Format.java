package dev.idem.admin.output;

/** For whom results are written. */
public enum Format {
    /** People. */
    TABLE,
    /** Programs. */
    JSON
}

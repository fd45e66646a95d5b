package dev.idem.core.connect;

/**
 * The place where an operator wrote a value: what a message about it must name.
 *
 * @param name as in config.yml and the environment
 * @param expected what the value should look like
 */
public record ConfigKey(String name, String expected) {

    /** The complaint never quotes the value: whatever could not be parsed may hold a password. */
    public IllegalArgumentException wrong(String complaint) {
        return new IllegalArgumentException(name + " " + complaint + "; it should be " + expected);
    }
}

package dev.idem.core.connect;

/**
 * The key under which an operator wrote a value. Messages about the value must name it.
 *
 * @param name as in config.yml and the environment
 * @param expected what the value should look like
 */
public record ConfigKey(String name, String expected) {

    /** The complaint never quotes the value: an unparsable value may contain a password. */
    public IllegalArgumentException wrong(String complaint) {
        return new IllegalArgumentException(name + " " + complaint + "; it should be " + expected);
    }
}

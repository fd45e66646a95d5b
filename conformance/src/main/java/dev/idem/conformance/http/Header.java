package dev.idem.conformance.http;

/** One header line. */
public record Header(String name, String value) {

    /** @throws IllegalArgumentException unless it is {@code Name: value} */
    public static Header parse(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("a header is NAME: VALUE, not " + line);
        }
        return new Header(
                line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }

    boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}

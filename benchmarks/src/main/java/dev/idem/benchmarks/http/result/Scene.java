package dev.idem.benchmarks.http.result;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions under which all variants are compared.
 *
 * @param connections the number of connections
 * @param bodySize the size of a request's body in bytes
 */
public record Scene(int connections, int bodySize) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,7})x([0-9]{1,7})");
    private static final int MOST_CONNECTIONS = 4_096;
    private static final int LEAST_BYTES = 200;
    private static final int MOST_BYTES = 1_000_000;

    /**
     * Reads {@code CONNECTIONSxBYTES}.
     *
     * @throws IllegalArgumentException with the expected format
     */
    public static Scene parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (parts.matches()) {
            Scene scene = new Scene(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
            if (scene.connections >= 1
                    && scene.connections <= MOST_CONNECTIONS
                    && scene.bodySize >= LEAST_BYTES
                    && scene.bodySize <= MOST_BYTES) {
                return scene;
            }
        }
        throw new IllegalArgumentException("a scene is 1 to " + MOST_CONNECTIONS + " connections and " + LEAST_BYTES
                + " to " + MOST_BYTES + " bytes, as in 16x2048, not '" + text + "'");
    }

    /** For people. */
    public String title() {
        return connections + (connections == 1 ? " connection, " : " connections, ") + bodySize + " bytes";
    }
}

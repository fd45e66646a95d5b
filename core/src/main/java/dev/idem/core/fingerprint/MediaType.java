package dev.idem.core.fingerprint;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The type of a body, in lower case and without parameters; empty for none. Parameters describe how JSON is encoded, and the canonical
 * body does not depend on that.
 */
public record MediaType(String value) {

    /** @param contentType the header's value; null for none */
    public static MediaType of(@Nullable String contentType) {
        if (contentType == null) {
            return new MediaType("");
        }
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return new MediaType(type.strip().toLowerCase(Locale.ROOT));
    }

    /** Whether such bodies are compared by their canonical form. Fingerprints are stored, so this must not change. */
    boolean isCanonicalJson() {
        return value.equals("application/json") || value.endsWith("+json");
    }

    /** Whether programs read it as JSON; also under names that nobody has registered. */
    public boolean isReadAsJson() {
        return isCanonicalJson() || value.endsWith("/json") || value.endsWith("/x-json");
    }
}

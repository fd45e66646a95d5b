package dev.idem.http.decision;

import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.window.RepeatWindow;
import dev.idem.http.decision.outcome.Layer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request claims: the record that it shares with its repeats.
 *
 * @param layer how repeats are recognised
 * @param key the client's; empty if it sent none
 * @param window how long repeats without a key are recognised; empty for a request with a key
 */
record ClaimTarget(
        Layer layer, RecordId id, Fingerprint fingerprint, Optional<String> key, Optional<RepeatWindow> window) {

    @Nullable
    String keyOrNull() {
        return key.orElse(null);
    }
}

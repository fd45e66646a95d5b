package dev.idem.http.decision;

import dev.idem.http.policy.RoutePolicy;
import java.util.Optional;

/**
 * What every answer of a protected route says about repeats.
 *
 * @param link where they are described, as the value of a {@code Link} header (RFC 8288); empty for nowhere
 * @param exposed which headers scripts of other origins may read (Fetch standard, section 3.3.3)
 */
public record ResponseContract(Optional<String> link, String exposed) {
    /** The header that says that an answer is a replay. */
    public static final String REPLAYED = "Idempotent-Replayed";

    /** The header that has {@link #exposed}. */
    public static final String EXPOSE = "Access-Control-Expose-Headers";

    /** @param describedBy a URI; empty for no link */
    public static ResponseContract of(Optional<String> describedBy, RoutePolicy policy) {
        return new ResponseContract(
                describedBy.map(uri -> "<" + uri + ">; rel=\"describedby\""),
                String.join(", ", policy.keys().header(), REPLAYED, "Retry-After"));
    }
}

package dev.idem.http.completion;

import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.http.key.IdempotencyKeyHeader;
import dev.idem.http.policy.RoutePolicy;
import java.util.Optional;

/**
 * What each response of a protected route tells its client about repeats. Immutable.
 *
 * @param keyHeader the name of the header that carries the key
 * @param link where repeats are described, as the value of a {@code Link} header (RFC 8288); empty for nowhere
 * @param exposed which headers scripts of other origins may read (Fetch standard, section 3.3.3)
 */
public record ResponseContract(String keyHeader, Optional<String> link, String exposed) {
    /** The header that marks a replay. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final String EXPOSE = "Access-Control-Expose-Headers";
    private static final String LINK = "Link";

    /** @param describedBy a URI; empty for no link */
    public static ResponseContract of(Optional<String> describedBy, RoutePolicy policy) {
        String keyHeader = policy.keys().header();
        return new ResponseContract(
                keyHeader,
                describedBy.map(uri -> "<" + uri + ">; rel=\"describedby\""),
                String.join(", ", keyHeader, REPLAYED, "Retry-After"));
    }

    /** Repeats the client's key, in a form that the client may send back. */
    public void echoKey(Optional<String> key, ResponseHeaders headers) {
        key.ifPresent(value -> headers.put(keyHeader, IdempotencyKeyHeader.written(value)));
    }

    /** Adds the link, unless the response has it: a replay carries the first response's. */
    public void addLink(ResponseHeaders headers) {
        link.filter(value -> !headers.values(LINK).contains(value)).ifPresent(value -> headers.add(LINK, value));
    }

    /** Lets scripts of other origins read the headers about repeats. */
    public void expose(ResponseHeaders headers) {
        headers.add(EXPOSE, exposed);
    }

    /** Writes the headers of a stored answer, and marks the response as a replay. */
    public static void replay(RecordedResponse stored, ResponseHeaders headers) {
        markReplayed(headers);
        stored.headers().forEach(header -> headers.add(header.name(), header.value()));
    }

    public static void markReplayed(ResponseHeaders headers) {
        headers.put(REPLAYED, "true");
    }
}

package dev.idem.http.decision;

import dev.idem.core.fingerprint.ContentRule;
import dev.idem.core.fingerprint.FingerprintedRequest;
import dev.idem.core.fingerprint.Fingerprinter;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.window.FixedWindow;
import dev.idem.core.window.RepeatWindow;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.key.KeyScope;
import dev.idem.http.policy.RoutePolicy;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what a request of one route claims: its key's record, or without a key its content's. Thread-safe. */
final class ClaimTargets {
    private final RoutePolicy policy;
    private final Fingerprinter fingerprinter;
    private final Optional<RepeatWindow> window;

    ClaimTargets(RoutePolicy policy) {
        this.policy = policy;
        this.fingerprinter = new Fingerprinter(policy.comparison().rules());
        this.window = policy.comparison().newWindow();
    }

    /** Whether a request claims at all; otherwise it passes. */
    boolean claims(Admission.NeedsBody admitted) {
        return admitted.key().isPresent() || (admitted.scope().isPresent() && window.isPresent());
    }

    /** Of a request that {@linkplain #claims claims}. */
    ClaimTarget of(IncomingRequest request, Admission.NeedsBody admitted, byte[] body) {
        Scope scope = admitted.scope().orElseThrow();
        return admitted.key()
                .map(key -> byKey(request, scope, key, body))
                .orElseGet(() -> byContent(describe(request, scope, withIdentity(request), body)));
    }

    private ClaimTarget byKey(IncomingRequest request, Scope caller, String key, byte[] body) {
        Scope scope = policy.keys().scope() == KeyScope.PATH ? caller.at(request.rawPath()) : caller;
        Fingerprint fingerprint = fingerprinter.fingerprint(describe(request, scope, comparedHeaders(request), body));
        return new ClaimTarget(Layer.KEY, new RecordId(scope, key), fingerprint, Optional.of(key), Optional.empty());
    }

    private ClaimTarget byContent(FingerprintedRequest request) {
        Optional<ContentRule> rule = policy.comparison().content();
        Optional<Fingerprint> field = rule.flatMap(named -> fingerprinter.fingerprint(request, named));
        return field.isPresent()
                ? withoutKey(
                        Layer.CONTENT,
                        request.scope(),
                        field.get(),
                        new FixedWindow(rule.get().window()))
                : withoutKey(
                        Layer.FINGERPRINT, request.scope(), fingerprinter.fingerprint(request), window.orElseThrow());
    }

    private static ClaimTarget withoutKey(Layer layer, Scope scope, Fingerprint fingerprint, RepeatWindow window) {
        RecordId id = RecordId.of(scope, fingerprint);
        return new ClaimTarget(layer, id, fingerprint, Optional.empty(), Optional.of(window));
    }

    /** Repeated lines joined with commas. Fingerprints of keys are stored: this form must not change. */
    private SortedMap<String, String> comparedHeaders(IncomingRequest request) {
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : policy.comparison().rules().headers()) {
            @Nullable String value = request.header(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private SortedMap<String, String> withIdentity(IncomingRequest request) {
        SortedMap<String, String> headers =
                CallerIdentity.of(request, policy.comparison().callers());
        policy.comparison().rules().headers().forEach(name -> CallerIdentity.add(headers, request, name));
        return headers;
    }

    private static FingerprintedRequest describe(
            IncomingRequest request, Scope scope, SortedMap<String, String> headers, byte[] body) {
        return new FingerprintedRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                scope,
                request.header("Content-Type"),
                headers,
                body);
    }
}

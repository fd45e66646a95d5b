package dev.idem.conformance.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A set of answers to the questions on which sources disagree. Where a source does not say, its profile takes the answer
 * that the page on this suite marks as not stated.
 */
public enum Profile {
    /** What this project promises by default. */
    OURS(
            "Idempotency-Key",
            KeyForm.ANY,
            WhileRunning.WAIT,
            KeyScope.USER,
            List.of("POST", "PUT", "PATCH", "DELETE"),
            422),
    /** The IETF draft, taken strictly. */
    IETF("Idempotency-Key", KeyForm.QUOTED, WhileRunning.CONFLICT, KeyScope.USER, List.of("POST", "PATCH"), 422),
    /** The first version of Stripe's API. */
    STRIPE_V1("Idempotency-Key", KeyForm.BARE, WhileRunning.CONFLICT, KeyScope.USER, List.of("POST"), 400),
    /** Azure's guidelines with OASIS Repeatable Requests. */
    AZURE("Repeatability-Request-ID", KeyForm.BARE, WhileRunning.CONFLICT, KeyScope.PATH, List.of("POST"), 400);

    /** Which syntax of the key is taken. */
    public enum KeyForm {
        ANY,
        QUOTED,
        BARE
    }

    /** What a repeat gets while the first request runs. */
    public enum WhileRunning {
        /** The first answer, when there is one; 409 if that takes too long. */
        WAIT,
        /** 409 at once. */
        CONFLICT
    }

    /** Within what a key names one request. */
    public enum KeyScope {
        USER,
        PATH
    }

    private final String keyHeader;
    private final KeyForm keyForm;
    private final WhileRunning whileRunning;
    private final KeyScope keyScope;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> methods;

    private final int reusedStatus;

    Profile(
            String keyHeader,
            KeyForm keyForm,
            WhileRunning whileRunning,
            KeyScope keyScope,
            List<String> methods,
            int reusedStatus) {
        this.keyHeader = keyHeader;
        this.keyForm = keyForm;
        this.whileRunning = whileRunning;
        this.keyScope = keyScope;
        this.methods = methods;
        this.reusedStatus = reusedStatus;
    }

    /** The profile that is called so on the command line. */
    public static Optional<Profile> named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.label().equals(name))
                .findFirst();
    }

    /** As on the command line, such as {@code stripe-v1}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String keyHeader() {
        return keyHeader;
    }

    public boolean takesQuoted() {
        return keyForm != KeyForm.BARE;
    }

    public boolean takesBare() {
        return keyForm != KeyForm.QUOTED;
    }

    public boolean takesBothForms() {
        return keyForm == KeyForm.ANY;
    }

    /** Whether a repeat waits for the first request. */
    public boolean waits() {
        return whileRunning == WhileRunning.WAIT;
    }

    /** Whether the same key on another path is another request. */
    public boolean hasKeysOfEachPath() {
        return keyScope == KeyScope.PATH;
    }

    public boolean covers(String method) {
        return methods.contains(method);
    }

    /** The status for a key that belongs to another request. */
    public int reusedStatus() {
        return reusedStatus;
    }

    public boolean storesServerErrors() {
        return this == IETF || this == STRIPE_V1;
    }

    /** Whether a 412 is kept like any other answer. */
    public boolean storesFailedPreconditions() {
        return this != OURS;
    }

    public boolean requiresKey() {
        return this == IETF;
    }

    /** Whether a request says in {@code Repeatability-First-Sent} when it was sent first. */
    public boolean datesRequests() {
        return this == AZURE;
    }

    /** Whether keys must be UUIDs. */
    public boolean wantsUuids() {
        return this == AZURE;
    }

    /** Whether a replay says {@code Idempotent-Replayed: true}. */
    public boolean marksReplays() {
        return this == OURS || this == STRIPE_V1;
    }

    /** Whether requests without a key are compared by what they say. */
    public boolean comparesWithoutKey() {
        return this == OURS;
    }

    /** Whether refusals are problem details of the types that this project describes, and answers repeat the key. */
    public boolean speaksOurWay() {
        return this == OURS;
    }
}

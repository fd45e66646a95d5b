package dev.idem.dropwizard.config;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.idem.core.engine.Policy;
import dev.idem.core.record.Consistency;
import org.jspecify.annotations.Nullable;

/**
 * The {@code idempotency} section. What is left out has its default; what is wrong stops the start.
 *
 * @param enabled false switches the whole layer off: requests pass as if it were not there
 * @param consistency who decides, unless the policy says something else
 * @param rollout for whom the layer works
 * @param policy the rules
 * @param maxWaiting how many repeats may wait for a first one at a time on this node; a quarter of Dropwizard's 1,024
 *     request threads unless told otherwise
 */
public record IdempotencyConfiguration(
        @Nullable Boolean enabled,

        @JsonDeserialize(using = ConsistencyDeserializer.class) @Nullable
        Consistency consistency,

        @Nullable RolloutConfiguration rollout,
        @Nullable PolicyConfiguration policy,
        @Nullable Integer maxWaiting) {
    private static final int DEFAULT_MAX_WAITING = 256;

    public IdempotencyConfiguration {
        if (maxWaiting != null && maxWaiting < 0) {
            throw new IllegalArgumentException("idempotency.maxWaiting must be 0 or more, not " + maxWaiting);
        }
    }

    /** Everything by default. */
    public static IdempotencyConfiguration defaults() {
        return new IdempotencyConfiguration(null, null, null, null, null);
    }

    public boolean isEnabled() {
        return enabled == null || enabled;
    }

    public Consistency consistencyOrDefault() {
        return consistency == null ? Consistency.FAST : consistency;
    }

    public RolloutConfiguration rolloutOrDefault() {
        return rollout == null ? RolloutConfiguration.EVERYONE : rollout;
    }

    public PolicyConfiguration policyOrDefault() {
        return policy == null ? PolicyConfiguration.DEFAULT : policy;
    }

    /** The rules, with what they leave to this section. */
    public Policy rules() {
        return policyOrDefault().toPolicy(consistencyOrDefault());
    }

    public int maxWaitingOrDefault() {
        return maxWaiting == null ? DEFAULT_MAX_WAITING : maxWaiting;
    }
}

package dev.idem.http.config;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.idem.http.key.KeySource;
import dev.idem.http.policy.ConfiguredRoute;
import dev.idem.http.policy.RoutePolicy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code idempotency.routes}; absent keys are null. {@link ConfiguredRoute} says what each key means.
 *
 * @param policy a name of {@code idempotency.policies}, or a policy
 * @param atomic is refused: only a method that is written for it can be atomic
 */
public record PathConfiguration(
        @Nullable String path,
        @Nullable Set<String> methods,

        @JsonDeserialize(using = PolicyChoiceDeserializer.class) @Nullable
        PolicyChoice policy,

        @Nullable Boolean anonymous,
        @Nullable Boolean protect,
        @Nullable Object atomic) {

    /** A policy's name, or the policy itself. */
    sealed interface PolicyChoice {
        /** One of {@code idempotency.policies}. */
        record Named(String name) implements PolicyChoice {}

        /** One that is written in place, over the usual policy. */
        record Written(PolicyConfiguration policy) implements PolicyChoice {}
    }

    /**
     * @param place in the file, such as {@code idempotency.routes[0]}
     * @param named finds a policy by its name
     * @param written the policy of this entry, from what is written in place
     * @param policies {@code idempotency.policies}
     * @throws IllegalArgumentException naming the key that is wrong and what it should be
     */
    ConfiguredRoute route(
            String place,
            Function<String, RoutePolicy> named,
            Function<PolicyConfiguration, RoutePolicy> written,
            Map<String, PolicyConfiguration> policies) {
        if (path == null || path.isBlank()) {
            throw new IllegalArgumentException(place + ".path must be the path of a resource method,"
                    + " as the application writes it, such as /payments/{id}/capture");
        }
        if (methods != null && methods.isEmpty()) {
            throw new IllegalArgumentException(
                    place + ".methods must name a method such as POST, or be left out for all that change something");
        }
        if (atomic != null) {
            throw new IllegalArgumentException(place + ".atomic must be left out: a method is atomic by its annotation,"
                    + " @Idempotent(atomic = true), since it must work in the transaction that it is given");
        }
        return new ConfiguredRoute(
                place,
                path,
                methods == null ? Set.of() : methods,
                Optional.ofNullable(policy).map(choice -> chosen(choice, named, written)),
                Optional.ofNullable(policy).flatMap(choice -> keyFrom(choice, policies)),
                Optional.ofNullable(anonymous),
                protect == null || protect);
    }

    private static Optional<KeySource> keyFrom(PolicyChoice choice, Map<String, PolicyConfiguration> policies) {
        return choice instanceof PolicyChoice.Named name
                ? Optional.ofNullable(policies.get(name.name())).flatMap(PolicyConfiguration::keyFrom)
                : ((PolicyChoice.Written) choice).policy().keyFrom();
    }

    private static RoutePolicy chosen(
            PolicyChoice choice,
            Function<String, RoutePolicy> named,
            Function<PolicyConfiguration, RoutePolicy> written) {
        return choice instanceof PolicyChoice.Named name
                ? named.apply(name.name())
                : written.apply(((PolicyChoice.Written) choice).policy());
    }
}

package dev.idem.admin.checkup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.core.engine.StrictButOpen;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Consistency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds policies in the service's configuration that are strict and open. Reads what is written; whether the rest of the file
 * can be used is the service's business.
 */
public final class PolicyCheckup {
    private static final String SUBJECT = "configuration";

    private final JsonNode file;
    private final String usualConsistency;

    /**
     * @param file the configuration with its variables filled in
     * @param consistency of routes that say nothing, where the file does not either
     */
    public PolicyCheckup(JsonNode file, String consistency) {
        this.file = file;
        this.usualConsistency = consistency;
    }

    /** What a policy says of these two; an empty text where nothing is written. */
    private record Written(String consistency, String onStoreFailure) {
        Written over(JsonNode policy) {
            return new Written(
                    policy.path("consistency").asText(consistency),
                    policy.path("onStoreFailure").asText(onStoreFailure));
        }

        boolean isStrictButOpen() {
            Optional<OnStoreFailure> written = constant(OnStoreFailure.values(), onStoreFailure);
            return constant(Consistency.values(), consistency)
                    .filter(known -> StrictButOpen.is(known, written))
                    .isPresent();
        }

        /** Empty for a word that the service refuses. */
        private static <E extends Enum<E>> Optional<E> constant(E[] all, String word) {
            return Arrays.stream(all)
                    .filter(one -> one.name().equalsIgnoreCase(word))
                    .findFirst();
        }
    }

    public List<CheckResult> look() {
        JsonNode layer = file.path("idempotency");
        Written usual = new Written(layer.path("consistency").asText(usualConsistency), "").over(layer.path("policy"));
        List<CheckResult> findings = new ArrayList<>();
        add("idempotency.policy", usual, findings);
        for (Map.Entry<String, JsonNode> named : layer.path("policies").properties()) {
            add("idempotency.policies." + named.getKey(), usual.over(named.getValue()), findings);
        }
        JsonNode paths = layer.path("routes");
        for (int i = 0; i < paths.size(); i++) {
            if (paths.path(i).path("policy").isObject()) {
                add(
                        "idempotency.routes[" + i + "].policy",
                        usual.over(paths.path(i).path("policy")),
                        findings);
            }
        }
        for (JsonNode route : file.path("gateway").path("routes")) {
            add("the route " + route.path("prefix").asText("?"), usual.over(route.path("policy")), findings);
        }
        return findings;
    }

    private static void add(String place, Written policy, List<CheckResult> findings) {
        if (policy.isStrictButOpen()) {
            findings.add(CheckResult.warning(
                    SUBJECT, "on_store_failure", place + " is strict and open", StrictButOpen.CONSEQUENCE));
        }
    }
}

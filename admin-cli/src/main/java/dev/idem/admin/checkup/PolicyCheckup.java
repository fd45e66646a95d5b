package dev.idem.admin.checkup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
            return word(consistency).equals("strict") && word(onStoreFailure).equals("open");
        }

        private static String word(String written) {
            return written.toLowerCase(Locale.ROOT);
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
        for (JsonNode route : file.path("gateway").path("routes")) {
            add("the route " + route.path("prefix").asText("?"), usual.over(route.path("policy")), findings);
        }
        return findings;
    }

    private static void add(String place, Written policy, List<CheckResult> findings) {
        if (policy.isStrictButOpen()) {
            findings.add(CheckResult.warning(
                    SUBJECT,
                    "on_store_failure",
                    place + " is strict and open",
                    "While PostgreSQL is unavailable, its keys may execute once in each process. Set onStoreFailure: closed, the"
                            + " default under strict, to prevent that."));
        }
    }
}

package dev.idem.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What stands in {@code ops/prometheus/rules.yml}. */
record Rules(List<JsonNode> all) {
    static final Path OPS = Path.of(System.getProperty("project.root"), "ops");
    static final Path FILE = OPS.resolve("prometheus/rules.yml");

    static Rules read() throws IOException {
        JsonNode groups = new YAMLMapper().readTree(FILE.toFile()).get("groups");
        return new Rules(
                stream(groups).flatMap(group -> stream(group.get("rules"))).collect(Collectors.toUnmodifiableList()));
    }

    List<JsonNode> alerts() {
        return all.stream().filter(rule -> rule.has("alert")).toList();
    }

    List<String> recorded() {
        return all.stream()
                .filter(rule -> rule.has("record"))
                .map(rule -> rule.get("record").asText())
                .toList();
    }

    List<String> expressions() {
        return all.stream().map(rule -> rule.get("expr").asText()).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}

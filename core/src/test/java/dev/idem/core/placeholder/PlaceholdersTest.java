package dev.idem.core.placeholder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In JSON, which is also valid YAML. */
class PlaceholdersTest {
    private static final Map<String, String> VARIABLES =
            Map.of("A", "a", "EMPTY", "", "NESTED", "${A} $${A}", "PROGRAMFILES(X86)", "C:");
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_YAML_COMMENTS).build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${A}                 | a",
                "x${A}${A}y           | xaay",
                "${A:-b}              | a",
                "${B:-b}              | b",
                "${B:-}               | ''",
                "${EMPTY:-b}          | ''",
                "${B:-${A}}           | a",
                "${B:-${C:-c}d}       | cd",
                "${B:-:-}             | :-",
                "${A:-${B}}           | a",
                "${PROGRAMFILES(X86)} | C:",
                "$${A}                | ${A}",
                "$${B:-x}             | ${B:-x}",
                "${B:-$${}            | ${",
                "$$${A}               | $${A}",
                "${NESTED}            | ${A} $${A}",
                "$ {A} $A {A} }       | $ {A} $A {A} }",
            })
    void aPlaceIsFilled(String written, String filled) throws JsonProcessingException {
        assertThat(fill("{\"a\":\"" + written + "\"}")).isEqualTo("{\"a\":\"" + filled + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${B}                 | ${B}",
                "${UPSTREAM.SECRET}   | ${UPSTREAM.SECRET}",
                "${B-x}               | ${B-x}",
                "${B:-${C}}           | ${C}",
                "x${A}y${B}z          | ${B}",
                "$$${A}${B}           | ${B}",
            })
    void aPlaceThatStaysOpenIsNamedWithItsKey(String written, String named) {
        assertThatThrownBy(() -> fill("{\"routes\":[0,{\"secret\":\"" + written + "\"}],\"password\":\"hunter2\"}"))
                .isInstanceOf(UnsetVariableException.class)
                .hasMessageStartingWith("routes[1].secret has " + named + ", and there is no variable")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("open-place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${}", "${:-x}", "${ A }", "${A", "${${A}}"})
    void aPlaceWithoutANameOrAnEndIsNamedByItsKey(String written) {
        assertThatThrownBy(() -> fill("{\"secret\":\"" + written + "\"}"))
                .isInstanceOf(UnsetVariableException.class)
                .hasMessageStartingWith("secret has ${ without the name of a variable and }");
    }

    @Test
    void aDefaultEndsOnItsLine() {
        assertThatThrownBy(() -> fill("{\"secret\":\"${B:-x\"\n}"))
                .isInstanceOf(UnsetVariableException.class)
                .hasMessageStartingWith("secret has ${ without the name of a variable and }");
    }

    @Test
    void allOpenPlacesAreNamedAtOnce() {
        assertThatThrownBy(() -> fill("{\"a\":\"${B}${B}\",\"b\":{\"c\":\"${C}\"},\"${D}\":1}"))
                .hasMessageStartingWith("a has ${B}, and there is no variable B; b.c has ${C}")
                .hasMessageContaining("; ${D} has ${D}, and there is no variable D. Set the variable");
    }

    @Test
    void moreThanTenOpenPlacesAreToldApart() {
        StringBuilder list = new StringBuilder("[");
        for (int i = 0; i < 12; i++) {
            list.append("\"${V").append(i).append("}\",");
        }

        assertThatThrownBy(() -> fill(list.append("0]").toString()))
                .hasMessageContaining("[1] has ${V1}, and")
                .hasMessageContaining("[11] has ${V11}, and")
                .message()
                .doesNotContain("[11] has ${V1},");
    }

    @Test
    void commentsMayHaveWhateverTheyLike() throws JsonProcessingException {
        assertThat(fill("# ${B} ${ ${C:-x\n{\"a\":\"${A}\"} # ${B}")).contains("{\"a\":\"a\"}");
    }

    @Test
    void aTextThatCannotBeReadIsRefusedIfItHasAnOpenPlace() {
        assertThatThrownBy(() -> fill("{\"a\":\"${B}")).isInstanceOf(JsonProcessingException.class);
    }

    private static String fill(String text) throws JsonProcessingException {
        return new Placeholders(name -> Optional.ofNullable(VARIABLES.get(name)), JSON).fill(text);
    }
}

package dev.idem.core.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigFileReaderTest {
    private static final Map<String, String> VARIABLES = Map.of(
            "A", "a",
            "EMPTY", "",
            "NESTED", "${A} $${A}",
            "PROGRAMFILES(X86)", "C:",
            "YAML", "*]: {…' \"# & !!binary |\n- x: [",
            "SECRET", "abc # the rest: of it");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${A}                 | a",
                "x${A}${A}y           | xaay",
                "${A:-b}              | a",
                "${B:-b}              | b",
                "x${B:-}              | x",
                "x${EMPTY:-b}         | x",
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
                "${SECRET}            | abc # the rest: of it",
                "${B:-x # y: [z}      | x # y: [z",
            })
    void aPlaceholderIsFilledInHoweverTheValueIsWritten(String written, String filled) {
        for (String yaml :
                new String[] {"a: " + written, "a: '" + written + "'", "a: \"" + written + "\"", "a: &x " + written}) {
            assertThat(read(yaml).path("a").asText()).as(yaml).isEqualTo(filled);
        }
        assertThat(read("a: |-\n  " + written).path("a").asText()).isEqualTo(filled);
        assertThat(read("{\"b\": {\"a\": [\"" + written + "\"]}}").at("/b/a/0").asText())
                .isEqualTo(filled);
    }

    @Test
    void aPlaceholderMayStandInAFlowWithoutQuotes() {
        assertThat(read("a: { b: ${YAML}, c: [${A}, ${B:-[}] } # ${B}"))
                .isEqualTo(read("{\"a\": {\"b\": \""
                        + Objects.requireNonNull(VARIABLES.get("YAML"))
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n") + "\", \"c\": [a, '[']}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: ${YAML}",
                "a: '${YAML}'",
                "a: \"${YAML}\"",
                "a: [\"${YAML}\"]",
            })
    void noContentIsYaml(String yaml) {
        JsonNode value = read(yaml).path("a");

        assertThat((value.isArray() ? value.path(0) : value).textValue()).isEqualTo(VARIABLES.get("YAML"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: ${EMPTY}", "a: ${B:-}", "a: ${EMPTY}${EMPTY}", "a:", "a: ~", "a: null", "a: ${B:-null}"})
    void emptyIsNull(String yaml) {
        assertThat(read(yaml).path("a").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: '${EMPTY}'", "a: \"${B:-}\"", "a: ''"})
    void emptyInQuotesIsAnEmptyText(String yaml) {
        assertThat(read(yaml).path("a").textValue()).isEmpty();
    }

    @Test
    void theQuotesAroundADefaultHoldForIt() {
        assertThat(read("a: '${B:-it''s}'").path("a").textValue()).isEqualTo("it's");
        assertThat(read("a: \"${B:-C:\\\\x\\t}\"").path("a").textValue()).isEqualTo("C:\\x\t");
        assertThat(read("a: ${B:-C:\\x}").path("a").textValue()).isEqualTo("C:\\x");
    }

    @ParameterizedTest
    @CsvSource({"0123", "1_000", "0x1F", "yes", "1e3", "2.90", "12:30:45"})
    void aNumberIsATextUntilItsKeyIsKnown(String written) {
        assertThat(read("a: " + written).path("a").textValue()).isEqualTo(written);
    }

    @Test
    void anAliasIsWhatItsAnchorIs() {
        JsonNode file = read("""
                base: &base { ttl: 1h, wait: 1s }
                one: *base
                two: { <<: *base, ttl: '${A}' }
                three: { <<: [*base, { x: 1 }] }
                """);

        assertThat(file.path("one")).isEqualTo(file.path("base"));
        assertThat(file.path("two")).isEqualTo(read("{ wait: 1s, ttl: a }"));
        assertThat(file.path("three")).isEqualTo(read("{ ttl: 1h, wait: 1s, x: 1 }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1\\nb:\\n  c: 1\\n  d: 2\\n  c: 3       | line 5: b.c is already on line 3",
                "a: 1\\n\"a\": 2                            | line 2: a is already on line 1",
                "a: [{ b: 1, b: 2 }]                        | line 1: a[0].b is already on line 1",
                "a: 1\\na: ${B}                             | line 2: a is already on line 1",
                "a: 1\\n---\\nb: 2                          | a second document begins near line 3",
                "a: 1\\n---\\n                              | a second document begins near line",
                "a: *b                                      | near line 1: an alias (*) needs its anchor",
                "a: &a [*a]                                 | contains itself",
                "a: &a { <<: *a }                           | contains itself",
                "a: 1\\n<<: 2                               | line 2: << must be followed by the alias",
                "? [a]\\n: 1                                | line 1: a key must be a word",
                "[a]                                        | it must be keys with their values",
                "hunter2                                    | it must be keys with their values",
                "# nothing                                  | it must not be empty",
                "a: 1\\nb: 'hunter2\\n                      | it is not valid YAML near line",
                "a: 1\\n b: [hunter2                        | it is not valid YAML near line 2",
                "a: hunter2\\u0007                          | it is not valid YAML",
            })
    void whatIsNotOneDocumentOfKeysIsNamedByItsLineAndNotQuoted(String written, String error) {
        assertThatThrownBy(() -> read(written.replace("\\n", "\n").replace("\\u0007", "\u0007")))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining(error)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aFileMayHaveManyAliasesAndManyLines() {
        String routes = "  - { policy: *pay }\n".repeat(1_000);
        String comments = ("# " + "x".repeat(1_000) + "\n").repeat(4_000);

        assertThat(read("pay: &pay { ttl: 1h }\n" + comments + "routes:\n" + routes)
                        .path("routes"))
                .hasSize(1_000)
                .allMatch(route -> route.at("/policy/ttl").asText().equals("1h"));
    }

    @Test
    void aLimitThatIsExceededIsNamed() {
        StringBuilder aliases = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            aliases.append(String.format("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n", i, i - 1));
        }

        assertThatThrownBy(() -> read(aliases.toString())).hasMessageContaining("more than 200000 values");
        assertThatThrownBy(() -> read("a: " + "[".repeat(60) + "]".repeat(60))).hasMessageContaining("50 levels");
        assertThatThrownBy(() -> read("a: b\n" + "#".repeat(17 << 20))).hasMessageContaining("16777216 characters");
    }

    @Test
    void anotherEncodingIsAnError() {
        assertThatThrownBy(
                        () -> new ConfigFileReader(name -> Optional.empty()).read(new byte[] {'a', ':', (byte) 0xe4}))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("UTF-8");
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
    void aVariableThatIsNotSetIsNamedWithItsKey(String written, String named) {
        assertThatThrownBy(() -> read("{\"routes\":[0,{\"secret\":\"" + written + "\"}],\"password\":\"hunter2\"}"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageStartingWith("routes[1].secret has " + named + ", and there is no variable")
                .hasMessageContaining("(line 1)")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("place-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${}", "${:-x}", "${ A }", "${A", "${${A}}", "${A:-x"})
    void aPlaceholderWithoutANameOrAnEndIsNamedByItsKey(String written) {
        assertThatThrownBy(() -> read("secret: \"" + written + "\"\nother: }")).isInstanceOf(ConfigFileException.class);
        assertThatThrownBy(() -> read("secret: \"" + written + "\""))
                .hasMessageStartingWith("secret has ${ without the name of a variable and }");
    }

    @Test
    void allOfThemAreNamedAtOnce() {
        assertThatThrownBy(() -> read("{\"a\":\"${B}${B}\",\"b\":{\"c\":\"${C}\"},\"${D}\":1}"))
                .hasMessageStartingWith("a has ${B}, and there is no variable B (line 1); b.c has ${C}")
                .hasMessageContaining("; ${D} has ${D}, and there is no variable D (line 1). Set the variable");
    }

    @Test
    void commentsMayContainAnything() {
        assertThat(read("# ${B} ${ ${C:-x\na: ${A} # ${B}")).isEqualTo(read("a: a"));
    }

    @Test
    void aKeyHasALine() {
        ConfigFile file = file("a: 1\nroutes:\n  - prefix: /a\n    policy:\n      ttl: 1h\n");

        assertThat(file.place("routes[0].policy.ttl")).isEqualTo(" near line 5");
        assertThat(file.place("routes[0].upstream")).isEqualTo(" near line 3");
        assertThat(file.place("missing")).isEmpty();
    }

    @Test
    void aContentThatTheProcessCannotReadIsAnError() {
        assertThatThrownBy(
                        () -> new ConfigFileReader(name -> Optional.of("p\uFFFD\uFFFDssword")).read("a: { b: '${P}' }"))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageStartingWith("a.b has ${P}, whose content cannot be read")
                .hasMessageContaining("LC_ALL=C.UTF-8")
                .hasMessageNotContaining("ssword");
    }

    @Test
    void noMessageContainsWhatAVariableContains() {
        ConfigFile file = file("a: ${SECRET}\nb: ${A}");

        assertThat(file.shown("It must be b, not abc # the rest: of it")).isEqualTo("It must be b, not ${SECRET}");
        assertThat(file.toString()).doesNotContain("abc");
        ConfigFile more = new ConfigFile(
                file.root(), Map.of(), Map.of("PART", "the rest", "OTHER", "hunter2"), KeyVariables.NONE, Map.of());
        assertThat(file.with(more).shown("It must be b, not hunter2 abc # the rest: of it"))
                .isEqualTo("It must be b, not ${OTHER} ${SECRET}");
    }

    @Test
    void onlyTheRefusedValueIsReplaced() {
        ConfigFile file =
                new ConfigFileReader(name -> Optional.of("strict")).read("strict: ${A}\nb: [1, '${A}']\nc: 2d");

        assertThat(file.shown("strict must be fast or strict, not strict,"))
                .isEqualTo("strict (A) must be fast or strict, not ${A}");
        assertThat(file.shown("strict must be fast; it should be fast or strict"))
                .isEqualTo("strict (A) must be fast; it should be fast or strict");
        assertThat(file.shown("b must be numbers, not [1, strict]")).isEqualTo("b (A) must be numbers, not ${A}");
        assertThat(file.shown("c must be 1h to 1d, not 2 days")).isEqualTo("c must be 1h to 1d, not 2 days");
    }

    @Test
    void aKeyWhoseNameIsInAVariableIsShownAsItIsWritten() {
        ConfigFile file = file("b: { '${SECRET}': [{ c: 1 }] }");

        assertThat(file.writtenKey("b.abc # the rest: of it[0].c")).isEqualTo("b.${SECRET}[0].c");
        assertThat(file.writtenKey("b.c")).isEqualTo("b.c");
        assertThatThrownBy(() -> file("${A}: 1\n${A}: 2")).hasMessageStartingWith("line 2: ${A} is already on line 1");
    }

    @Test
    void aMessageNamesTheVariableOfAKey() {
        ConfigFile file = file("a: ${A}\nb: { c: 'x${A}y', d: 1, e: [0, '${SECRET}'] }\nf: ${NOT_SET:-2}");

        assertThat(file.shown("b.c near line 2: b.c must be a word"))
                .isEqualTo("b.c (A) near line 2: b.c must be a word");
        assertThat(file.shown("b.c (HOME) must be a word")).isEqualTo("b.c (A) must be a word");
        assertThat(file.shown("b.e[1] must be a word")).isEqualTo("b.e[1] (SECRET) must be a word");
        assertThat(file.shown("b.d, b.cc, b.c.d, bb.c and f must be a word"))
                .isEqualTo("b.d, b.cc, b.c.d, bb.c and f must be a word");
        assertThat(file.shown("a near line 1: a word")).isEqualTo("a (A) near line 1: a word");
        assertThat(file.shown("b.d must be a word")).isEqualTo("b.d must be a word");
        assertThat(file.variables().named("c must be a word", "b")).isEqualTo("c (A) must be a word");
        assertThat(file.variables().of("b.c")).contains(new KeyVariable("A", "x", "y"));
    }

    private static JsonNode read(String text) {
        return file(text).root();
    }

    private static ConfigFile file(String text) {
        return new ConfigFileReader(name -> Optional.ofNullable(VARIABLES.get(name))).read(text);
    }
}

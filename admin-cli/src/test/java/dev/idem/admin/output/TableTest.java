package dev.idem.admin.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

class TableTest {
    private static final ColorScheme PLAIN = Help.defaultColorScheme(Ansi.OFF);
    private static final ColorScheme COLOURED = Help.defaultColorScheme(Ansi.ON);

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table(PLAIN, List.of("A", "LONG HEADING"))
                .row(List.of(Cell.of("a long cell"), Cell.of("x")))
                .row(List.of(Cell.of(1), Cell.of(2)));

        assertThat(table.toString().lines())
                .containsExactly("A            LONG HEADING", "a long cell  x", "1            2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@|red key|@", "@|key", "a@|bold b|@c", "@@||", "|@", "@|@|x y|@|@"})
    void aKeyThatLooksLikeMarkupIsShownAsItIs(String key) {
        assertThat(new Table(PLAIN, List.of("KEY")).row(List.of(Cell.of(key))).toString())
                .contains(key);
        assertThat(new Table(COLOURED, List.of("KEY"))
                        .row(List.of(Cell.of(key)))
                        .toString())
                .contains(key);
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertThat(Cell.of("a\u001b[31mb\n").content()).isEqualTo("a?[31mb?");
        assertThat(Cell.of("a\u009b31mb").content())
                .as("the same in eight bits")
                .isEqualTo("a?31mb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202e", "\u2066", "\u200f", "\u061c", "\u2028", "\ufeff", "\ud800", "\udb40\udc41"})
    void whatTurnsTheDirectionOfWritingOrHidesDoesNotEither(String character) {
        assertThat(Cell.of("a" + character + "b").content()).isEqualTo("a?b");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        assertThat(Cell.of("Zoë, Ωμέγα, שלום, 日本語, 🙂").content()).isEqualTo("Zoë, Ωμέγα, שלום, 日本語, 🙂");
    }

    @Test
    void linesKeepTheirBreaksAndOurColoursAlone() {
        assertThat(TerminalText.ofLines("a\n\tb\u001b[31m\r")).isEqualTo("a\n\tb?[31m?");
        assertThat(TerminalText.ofStyledLines("\u001b[31;1myes\u001b[0m\n\u001b[2J\u009b2J"))
                .isEqualTo("\u001b[31;1myes\u001b[0m\n?[2J?2J");
    }

    @Test
    void jsonKeepsSuchCharactersAsEscapes() throws Exception {
        record Text(String text) {}
        String text = "a\u009b2J\u202eb\u007f é";

        String json = new Json().of(new Text(text));

        assertThat(json).contains("a\\u009b2J\\u202eb\\u007F é");
        assertThat(new ObjectMapper().readTree(json).get("text").asText()).isEqualTo(text);
    }

    @Test
    void onlyAnAlarmIsColoured() {
        Table table = new Table(COLOURED, List.of("STALE"))
                .row(List.of(new Cell("yes", true)))
                .row(List.of(Cell.of("no")));

        assertThat(table.toString()).contains("\u001b[31m").containsPattern("\nno");
    }
}

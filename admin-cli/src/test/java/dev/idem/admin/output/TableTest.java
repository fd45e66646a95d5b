package dev.idem.admin.output;

import static org.assertj.core.api.Assertions.assertThat;

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
    }

    @Test
    void onlyAnAlarmIsColoured() {
        Table table = new Table(COLOURED, List.of("STALE"))
                .row(List.of(new Cell("yes", true)))
                .row(List.of(Cell.of("no")));

        assertThat(table.toString()).contains("\u001b[31m").containsPattern("\nno");
    }
}

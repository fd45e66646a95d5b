package dev.idem.admin.output;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Rows under headings, each column as wide as its widest cell: nothing is cut off, so that it can be copied. */
public final class Table {
    private static final int GAP = 2;

    private final ColorScheme colours;
    private final List<Text[]> rows = new ArrayList<>();
    private final int[] widths;

    public Table(ColorScheme colours, List<String> headings) {
        this.colours = colours;
        rows.add(headings.stream()
                .map(heading -> colours.ansi().new Text("@|bold " + heading + "|@", colours))
                .toArray(Text[]::new));
        widths = new int[headings.size()];
    }

    /** Adds a row of as many cells as there are headings. */
    public Table row(List<Cell> cells) {
        rows.add(cells.stream().map(this::text).toArray(Text[]::new));
        return this;
    }

    private Text text(Cell cell) {
        if (cell.alarming()) {
            return colours.ansi().new Text("@|red,bold " + cell.content() + "|@", colours);
        }
        // Clients choose their keys, and "@|" in one would begin a style: no piece holds both characters.
        Ansi ansi = colours.ansi();
        Text text = ansi.new Text("", colours);
        for (String piece : cell.content().split("(?<=@)(?=\\|)", -1)) {
            text = text.concat(ansi.new Text(piece, colours));
        }
        return text;
    }

    /** The rows since the last part, in columns at least as wide as before. Only the first part has headings. */
    String nextPart() {
        String part = toString();
        rows.clear();
        return part;
    }

    @Override
    public String toString() {
        Column[] columns = new Column[widths.length];
        for (int i = 0; i < columns.length; i++) {
            int column = i;
            int width = rows.stream()
                    .mapToInt(row -> row[column].plainString().length())
                    .max()
                    .orElse(0);
            widths[i] = Math.max(widths[i], width);
            columns[i] = new Column(widths[i] + GAP, 0, Overflow.TRUNCATE);
        }
        TextTable table = TextTable.forColumns(colours, columns);
        rows.forEach(table::addRowValues);
        return table.toString();
    }
}

package dev.idem.admin.output;

/**
 * A cell of a table.
 *
 * @param content characters that could steer the terminal become question marks
 * @param alarming whether it is what the operator looks for
 */
public record Cell(String content, boolean alarming) {

    public Cell {
        content = TerminalText.ofCell(content);
    }

    /** A cell like any other. */
    public static Cell of(Object content) {
        return new Cell(content.toString(), false);
    }
}

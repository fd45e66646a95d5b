package dev.idem.admin.output;

/**
 * A cell of a table.
 *
 * @param content control characters become question marks, since they could steer the terminal
 * @param alarming whether it is what the operator looks for
 */
public record Cell(String content, boolean alarming) {

    public Cell {
        content = content.replaceAll("\\p{Cntrl}", "?");
    }

    /** A cell like any other. */
    public static Cell of(Object content) {
        return new Cell(content.toString(), false);
    }
}

package dev.idem.core.placeholder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Fills the placeholders of a configuration file: <code>${NAME}</code> becomes the variable's value, unchanged,
 * <code>${NAME:-default}</code> has a default, and <code>$${</code> stands for the characters themselves. An unfilled
 * placeholder would be used as a value, perhaps as a secret that anybody can read in the file. It is therefore an
 * error, except in a comment. Immutable.
 */
public final class Placeholders {
    private final Function<String, Optional<String>> variables;
    private final JsonFactory syntax;

    /** @param syntax parses the file, to find out which placeholders are in values */
    public Placeholders(Function<String, Optional<String>> variables, JsonFactory syntax) {
        this.variables = variables;
        this.syntax = syntax;
    }

    /**
     * Fills a whole file.
     *
     * @throws UnsetVariableException if a key or a value has a placeholder that cannot be filled
     * @throws JsonProcessingException if there are such placeholders in a text that cannot be parsed
     */
    public String fill(String text) throws JsonProcessingException {
        PlaceholderSubstitution filling = new PlaceholderSubstitution(text, variables);
        String filled = filling.result();
        if (filling.hasOpenPlaces()) {
            Set<String> complaints = new OpenPlaces(filling).in(filled);
            if (!complaints.isEmpty()) {
                throw new UnsetVariableException(
                        String.join("; ", complaints)
                                + ". Set the variable, or give it a default as in ${NAME:-x}; for the characters ${ themselves write $${.");
            }
        }
        return filled;
    }

    /** Finds the marks of unfilled placeholders in keys and values; the parser skips those in comments. */
    private final class OpenPlaces {
        private final PlaceholderSubstitution filling;
        private final Set<String> complaints = new LinkedHashSet<>();

        OpenPlaces(PlaceholderSubstitution filling) {
            this.filling = filling;
        }

        Set<String> in(String filled) throws JsonProcessingException {
            try (JsonParser parser = syntax.createParser(filled)) {
                while (parser.nextToken() != null) {
                    walk(parser, "");
                }
                return complaints;
            } catch (JsonProcessingException e) {
                throw e;
            } catch (IOException e) {
                throw new IllegalStateException("reading from memory cannot fail", e);
            }
        }

        /** Counted here: not every parser counts the elements of its lists. */
        private void walk(JsonParser parser, String key) throws IOException {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    String child = key.isEmpty() ? name : key + '.' + name;
                    look(name, child);
                    parser.nextToken();
                    walk(parser, child);
                }
            } else if (parser.currentToken() == JsonToken.START_ARRAY) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    walk(parser, key + '[' + i + ']');
                }
            } else {
                look(parser.getText(), key);
            }
        }

        private void look(String text, String key) {
            String where = key.isEmpty() ? "The file" : filling.readable(key);
            filling.openIn(text).forEach(place -> complaints.add(where + place.complaint()));
        }
    }
}

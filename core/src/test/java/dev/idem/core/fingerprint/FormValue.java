package dev.idem.core.fingerprint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A form with many spellings and small changes. */
record FormValue(List<Field> fields) {

    /** @param value null for a name alone */
    record Field(String name, @Nullable String value) {
        private String spelled(Random random) {
            String spelling = escaped(name, random);
            return value == null ? spelling : spelling + '=' + escaped(value, random);
        }

        private Field changed(Random random) {
            if (value == null) {
                return new Field(name, "");
            }
            return switch (random.nextInt(3)) {
                case 0 -> new Field(name, null);
                case 1 -> new Field(name + 'x', value);
                default -> new Field(name, oneBitElsewhere(value, random));
            };
        }

        private static String oneBitElsewhere(String text, Random random) {
            if (text.isEmpty()) {
                return "\0";
            }
            int at = random.nextInt(text.length());
            char next = (char) (text.charAt(at) ^ (1 << random.nextInt(Byte.SIZE)));
            return text.substring(0, at) + next + text.substring(at + 1);
        }
    }

    /** The fields in one of their spellings; fields of the same name keep their order. */
    String spelled(Random random) {
        List<Field> left = new ArrayList<>(fields);
        List<String> spellings = new ArrayList<>();
        while (!left.isEmpty()) {
            Field any = left.get(random.nextInt(left.size()));
            Field first = left.stream()
                    .filter(field -> field.name().equals(any.name()))
                    .findFirst()
                    .orElseThrow();
            left.remove(first);
            spellings.add(first.spelled(random));
            if (random.nextInt(4) == 0) {
                spellings.add("");
            }
        }
        return String.join("&", spellings);
    }

    /** A different form, as close to this one as possible. */
    FormValue changed(Random random) {
        List<Field> copy = new ArrayList<>(fields);
        int at = random.nextInt(fields.size() + 1);
        if (at == fields.size()) {
            copy.add(new Field("x", "y"));
        } else if (random.nextBoolean()) {
            copy.set(at, fields.get(at).changed(random));
        } else {
            Field moved = copy.remove(at);
            copy.add(moved); // after those of the same name
            if (sorted(copy).equals(sorted(fields))) {
                copy.remove(moved);
            }
        }
        return new FormValue(copy);
    }

    private static List<Field> sorted(List<Field> fields) {
        return fields.stream().sorted(Comparator.comparing(Field::name)).toList();
    }

    private static String escaped(String text, Random random) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' && random.nextBoolean()) {
                out.append('+');
            } else if ("&=+%".indexOf(c) >= 0 || random.nextInt(3) == 0) {
                String escape = String.format("%%%02x", (int) c);
                out.append(random.nextBoolean() ? escape : escape.toUpperCase(Locale.ROOT));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
